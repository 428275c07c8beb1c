package dev.orderflow.setup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * A service's database with its two roles: the owner changes the schema and runs the
 * migrations; the service's own role only reads and writes rows.
 *
 * @param jdbcUrl without user and password
 * @param user the role of the service
 * @param password the service's password
 * @param ddlUser the role that owns the schema
 * @param ddlPassword the owner's password
 */
public record Database(String jdbcUrl, String user, String password, String ddlUser, String ddlPassword) {

	/** A connection as the service. The caller closes it. */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(this.jdbcUrl, this.user, this.password);
	}

	/** A connection as the owner of the schema. The caller closes it. */
	public Connection connectAsOwner() throws SQLException {
		return DriverManager.getConnection(this.jdbcUrl, this.ddlUser, this.ddlPassword);
	}

	/** Spring settings to connect a service to it; migrations run as the owner. */
	public Map<String, String> springProperties() {
		return Map.of("spring.datasource.url", this.jdbcUrl, "spring.datasource.username", this.user,
				"spring.datasource.password", this.password, "spring.flyway.url", this.jdbcUrl, "spring.flyway.user",
				this.ddlUser, "spring.flyway.password", this.ddlPassword);
	}

	/** Without the passwords, because this lands in logs. */
	@Override
	public String toString() {
		return "Database[" + this.jdbcUrl + ", user=" + this.user + ", ddlUser=" + this.ddlUser + "]";
	}

}
