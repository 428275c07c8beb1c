package dev.orderflow.problem;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects media types that no service reads or writes before the request is handled: a
 * Content-Type with a wildcard (415), and an Accept header that allows no UTF-8 (406).
 * Spring MVC treats them as a match and fails when it reads or writes, after the request
 * was carried out. If an Accept header allows UTF-8 among others, the filter removes the
 * others; Spring MVC decides whether the path produces what remains.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation">RFC
 * 9110, content negotiation</a>
 */
final class MediaTypeFilter extends OncePerRequestFilter {

	private static final String CHARSET = "charset";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String contentType = request.getContentType();
		if (contentType != null && !isConcrete(contentType)) {
			Problems.write(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
					Problems.unsupported(contentType));
			return;
		}
		List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
		if (accept.isEmpty()) {
			chain.doFilter(request, response);
			return;
		}
		List<MediaType> utf8 = inUtf8(accept);
		if (utf8.isEmpty()) {
			Problems.write(response, HttpStatus.NOT_ACCEPTABLE, "not-acceptable",
					"Accept '%s' allows no media type in UTF-8".formatted(String.join(", ", accept)));
			return;
		}
		chain.doFilter(new Accepting(request, MediaType.toString(utf8)), response);
	}

	private static boolean isConcrete(String contentType) {
		try {
			return MediaType.parseMediaType(contentType).isConcrete();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/** Also empty if the header is malformed. */
	private static List<MediaType> inUtf8(List<String> accept) {
		try {
			return MediaType.parseMediaTypes(accept).stream().filter(MediaTypeFilter::isUtf8).toList();
		}
		catch (InvalidMediaTypeException ex) {
			return List.of();
		}
	}

	private static boolean isUtf8(MediaType type) {
		String charset = type.getParameter(CHARSET);
		return charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8");
	}

	private static final class Accepting extends HttpServletRequestWrapper {

		private final String accept;

		Accepting(HttpServletRequest request, String accept) {
			super(request);
			this.accept = accept;
		}

		@Override
		public @Nullable String getHeader(String name) {
			return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? this.accept : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? Collections.enumeration(List.of(this.accept))
					: super.getHeaders(name);
		}

	}

}
