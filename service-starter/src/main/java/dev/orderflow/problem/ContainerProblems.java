package dev.orderflow.problem;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Answers requests that Tomcat rejects before Spring MVC sees them, for example a path
 * with an encoded slash, with a problem instead of an HTML page.
 */
@Component
class ContainerProblems implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	@Override
	public void customize(ConfigurableTomcatWebServerFactory tomcat) {
		tomcat.addContextCustomizers(ContainerProblems::replaceErrorReport);
	}

	private static void replaceErrorReport(Context context) {
		StandardHost host = (StandardHost) context.getParent();
		// Set by name as well as added: otherwise the host adds its own valve, which
		// would come first.
		host.setErrorReportValveClass(ProblemReport.class.getName());
		host.getPipeline().addValve(new ProblemReport());
	}

	private static final class ProblemReport extends ErrorReportValve {

		@Override
		protected void report(Request request, Response response, @Nullable Throwable failure) {
			HttpStatus status = HttpStatus.resolve(response.getStatus());
			if (status == null || !status.isError() || response.getContentWritten() > 0
					|| !response.setErrorReported()) {
				return;
			}
			try {
				response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
				response.setCharacterEncoding(StandardCharsets.UTF_8);
				Writer writer = response.getReporter();
				if (writer != null) {
					writer.write(Problems.refusedByContainer(status));
					response.finishResponse();
				}
			}
			catch (IOException ex) {
				// The client has disconnected.
				getContainer().getLogger().debug("problem not sent", ex);
			}
		}

	}

}
