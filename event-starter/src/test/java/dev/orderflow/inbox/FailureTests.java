package dev.orderflow.inbox;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import dev.orderflow.outage.UnavailableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "53000", "53100", "53200",
			"53300", "53400", "58000", "58030", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04",
			"25006" })
	void waitsOutOutagesOfTheServer(String state) {
		assertThat(Failure.of(inSpring(state))).isEqualTo(Failure.OUTAGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "40001", "40P01", "55P03" })
	void retriesAfterContention(String state) {
		assertThat(Failure.of(inSpring(state))).isEqualTo(Failure.CONTENTION);
	}

	@Test
	void retriesAfterAChangeOfWhatWasRead() {
		assertThat(Failure.of(new OptimisticLockingFailureException("Another transaction was first")))
			.isEqualTo(Failure.CONTENTION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "23505", "23514", "22003", "22021", "22P02", "54000" })
	void triesARefusedValueOnce(String state) {
		assertThat(Failure.of(inSpring(state))).isEqualTo(Failure.PERMANENT_DEFECT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "42P01", "42703", "42501", "42883" })
	void blamesTheReleaseForStatementsThatDoNotFitTheDatabase(String state) {
		assertThat(Failure.of(inSpring(state))).isEqualTo(Failure.BROKEN_RELEASE);
	}

	/** A lock would have ended it earlier, by lock_timeout. */
	@Test
	void blamesTheRecordForAStatementThatTookTooLong() {
		assertThat(Failure.of(inSpring("57014"))).isEqualTo(Failure.DEFECT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "25P02", "57000", "5", "" })
	@NullSource
	void treatsOtherDatabaseErrorsAsDefects(String state) {
		assertThat(Failure.of(inSpring(state))).isEqualTo(Failure.DEFECT);
	}

	@Test
	void waitsForAConnectionOfThePool() {
		assertThat(Failure.of(new CannotCreateTransactionException("Could not open JDBC Connection",
				new SQLTransientConnectionException("Connection is not available, request timed out after 3000ms"))))
			.isEqualTo(Failure.OUTAGE);
	}

	@Test
	void waitsForAnotherSystem() {
		assertThat(Failure.of(new IllegalStateException(
				new UnavailableException("The carrier is out", new IOException("connection refused")))))
			.isEqualTo(Failure.OUTAGE);
	}

	@Test
	void waitsForTheBroker() {
		assertThat(Failure.of(new IllegalStateException(new TimeoutException("no answer")))).isEqualTo(Failure.OUTAGE);
	}

	@Test
	void readsTheStateOfABatchUpdate() {
		BatchUpdateException batch = new BatchUpdateException("Batch entry 0", "57P01", new int[0]);

		assertThat(Failure.of(new DataAccessResourceFailureException("batch", batch))).isEqualTo(Failure.OUTAGE);
	}

	/* The pool has closed the broken connection; its exception has no SQLSTATE. */
	@Test
	void waitsWhenThePoolClosedTheConnection() {
		Exception rollback = new IllegalStateException("Unable to rollback against JDBC Connection",
				new SQLException("Connection is closed"));

		assertThat(Failure.of(rollback)).isEqualTo(Failure.OUTAGE);
	}

	@Test
	void waitsWhenNotEvenTheRollbackReachesTheServer() {
		TransactionSystemException rollback = new TransactionSystemException("Could not roll back",
				new SQLException("Connection is closed"));
		rollback.initApplicationException(inSpring("57P01"));

		assertThat(Failure.of(rollback)).isEqualTo(Failure.OUTAGE);
	}

	@Test
	void treatsARefusedCommitAsADefect() {
		assertThat(Failure.of(new TransactionSystemException("Could not commit",
				new PSQLException("deferred constraint", PSQLState.UNIQUE_VIOLATION))))
			.isEqualTo(Failure.PERMANENT_DEFECT);
	}

	@Test
	void triesAValueOutOfItsBoundsOnce() {
		assertThat(Failure.of(new IllegalStateException(new IllegalArgumentException("too many"))))
			.isEqualTo(Failure.PERMANENT_DEFECT);
		assertThat(Failure.of(new ArithmeticException("long overflow"))).isEqualTo(Failure.PERMANENT_DEFECT);
	}

	@Test
	void prefersTheSqlStateToTheExceptionAroundIt() {
		assertThat(Failure.of(new IllegalArgumentException(inSpring("55P03")))).isEqualTo(Failure.CONTENTION);
	}

	@Test
	void treatsExceptionsOfTheHandlerAsDefects() {
		assertThat(Failure.of(new IllegalStateException("no"))).isEqualTo(Failure.DEFECT);
		assertThat(Failure.of(new DataIntegrityViolationException("no"))).isEqualTo(Failure.DEFECT);
		assertThat(Failure.of(new AssertionError("no"))).isEqualTo(Failure.DEFECT);
		assertThat(Failure.of(new StackOverflowError())).isEqualTo(Failure.DEFECT);
	}

	@Test
	void waitsForMemory() {
		assertThat(Failure.of(new OutOfMemoryError())).isEqualTo(Failure.OUTAGE);
	}

	@Test
	void waitsWhenInterruptedBecauseTheServiceStops() {
		Thread.currentThread().interrupt();
		try {
			assertThat(Failure.of(new IllegalStateException("interrupted"))).isEqualTo(Failure.OUTAGE);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static RuntimeException inSpring(String state) {
		return new IllegalStateException("of the handler",
				new UncategorizedSQLException("task", "select 1", new SQLException("message", state)));
	}

}
