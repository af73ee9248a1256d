using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed class QueryErrorTests : GoldenTest
{
    [TestCase("SELECT 1 +", "Syntax error: Unexpected end of statement at [1:11]")]
    [TestCase("SELECT 'abc", "Syntax error: Unclosed string literal at [1:8]")]
    [TestCase("SELECT\n  foo\nFROM odd", "Unrecognized name: foo at [2:3]")]
    [TestCase("SELECT foo(1)", "Function not found: FOO at [1:8]")]
    [TestCase("SELECT 'a' = 1", "No matching signature for operator = for argument types: STRING, INT64 at [1:12]")]
    [TestCase("SELECT 'a' + 1", "No matching signature for operator + for argument types: STRING, INT64 at [1:12]")]
    [TestCase("SELECT SUM(type) FROM pixel", "No matching signature for aggregate function SUM for argument types: STRING at [1:8]")]
    [TestCase("SELECT event_time > CURRENT_DATE() FROM pixel", "No matching signature for operator > for argument types: TIMESTAMP, DATE at [1:19]")]
    [TestCase("SELECT 1 FROM odd WHERE i", "WHERE clause should be of type BOOL, but was INT64 at [1:25]")]
    [TestCase("SELECT type, COUNT(*) FROM pixel", "Expression references column type which is neither grouped nor aggregated at [1:8]")]
    [TestCase("SELECT COUNT(*) FROM odd WHERE COUNT(*) > 1", "Aggregate function COUNT not allowed in WHERE clause at [1:32]")]
    [TestCase("SELECT SUM(COUNT(*)) FROM odd", "Aggregate function COUNT not allowed in argument of an aggregate function at [1:12]")]
    [TestCase("SELECT event_id AS a, event_time AS a FROM pixel", "Duplicate column names in the result are not supported. Found duplicate(s): a")]
    [TestCase("SELECT type FROM pixel a, pixel b", "Column name type is ambiguous at [1:8]")]
    [TestCase("SELECT 9223372036854775808", "Invalid integer literal: 9223372036854775808 at [1:8]")]
    [TestCase("SELECT DATE '2026-02-30'", "Invalid DATE literal at [1:8]")]
    [TestCase("SELECT i < DATE '2026-01-01' FROM odd", "No matching signature for operator < for argument types: INT64, DATE at [1:10]")]
    [TestCase("SELECT DATE_ADD(DATE '2026-01-01', INTERVAL 1 HOUR)", "Not supported: the HOUR date part for type DATE at [1:47]")]
    [TestCase("SELECT SUM(ROW_NUMBER() OVER ()) OVER () FROM odd", "Analytic function ROW_NUMBER not allowed in argument of a window function at [1:12]")]
    [TestCase("SELECT 1 = 1 = 1", "Syntax error: Unexpected \"=\" at [1:14]")]
    public void Statement_Wrong_SaysWhatAndWhere(string sql, string message) =>
        Assert.That(() => Query(sql), Throws.TypeOf<GoogleSqlException>().With.Message.EqualTo(message));

    [TestCase("SELECT 1/0", "division by zero: 1 / 0")]
    [TestCase("SELECT 9223372036854775807 + 1", "int64 overflow: 9223372036854775807 + 1")]
    [TestCase("SELECT SUM(i) FROM odd WHERE i > 0", "int64 overflow")]
    [TestCase("SELECT CAST('abc' AS INT64)", "Bad int64 value: abc")]
    [TestCase("SELECT (SELECT event_id FROM pixel_alice_20261120)", "Scalar subquery produced more than one element")]
    [TestCase("SELECT EXP(1000)", "Floating point overflow in function: EXP(1000)")]
    [TestCase("SELECT SQRT(-1)", "Floating point error in function: SQRT(-1)")]
    [TestCase("SELECT REGEXP_CONTAINS('a', r'(?=a)')", "Cannot parse regular expression: invalid perl operator: (?=")]
    public void Data_ThatCannotBeComputed_FailTheQuery(string sql, string message) =>
        Assert.That(() => Query(sql), Throws.TypeOf<GoogleSqlException>().With.Message.EqualTo(message));

    [Test]
    public void Text_ThatGrowsTooLarge_ExceedsTheResources() => Assert.That(
        () => Query("SELECT LENGTH(STRING_AGG(REPEAT('a', 1000000))) FROM odd a, odd b, odd c, odd d, odd e"),
        Throws.TypeOf<GoogleSqlException>().With.Property(nameof(GoogleSqlException.Failure)).EqualTo(QueryFailure.ResourcesExceeded));

    [TestCase("SELECT * FROM nope", "Not found: Table local:pixels.nope was not found in location US at [1:15]")]
    [TestCase("SELECT * FROM PIXEL", "Not found: Table local:pixels.PIXEL was not found in location US at [1:15]")] // table names mind case
    [TestCase("SELECT * FROM nods.nope", "Not found: Dataset local:nods was not found in location US at [1:15]")]
    [TestCase("SELECT * FROM `x_*`", "local:pixels.x_* does not match any table. at [1:15]")]
    public void Table_Missing_IsNotFound(string sql, string message) => Assert.That(
        () => Query(sql),
        Throws.TypeOf<GoogleSqlException>().With.Message.EqualTo(message).And.Property(nameof(GoogleSqlException.Failure)).EqualTo(QueryFailure.NotFound));

    [TestCase("SELECT 1 FROM odd NATURAL JOIN odd AS o", "NATURAL JOIN")]
    [TestCase("SELECT 1 INTERSECT ALL SELECT 1", "INTERSECT ALL")]
    [TestCase("SELECT * FROM pixels.INFORMATION_SCHEMA.ROUTINES", "Not supported: INFORMATION_SCHEMA.ROUTINES at [1:15]")]
    [TestCase("SELECT * FROM `pixels.pixel$20261125`", "Not supported: partition decorator at [1:15]")]
    [TestCase("SELECT (SELECT MAX(a.i) FROM pixel_view) FROM odd AS a", "columns of an outer query")] // an engine would take the maximum of all of odd
    public void Construct_NotSupported_IsNamed(string sql, string construct) =>
        Assert.That(() => Query(sql), Throws.TypeOf<GoogleSqlException>().With.Message.Contains(construct));
}
