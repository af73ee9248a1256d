using System.Text;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed class HostileSqlTests
{
    private const string Words = "SELECT|FROM|WHERE|GROUP BY|ORDER BY|(|)|,|*|.|'a'|\"|`|pixel|`pixel_*`|odd|i|f|n|s|t|type|1|0.5|-|+|/|=|<|LIKE|IN|BETWEEN|AND|OR|NOT|NULL|COUNT(|SUM(|OVER (|ROW_NUMBER()|CASE|WHEN|THEN|END|CAST(|AS|INT64|@p|?|;|--|/*|\\|\u0000|😀|UNION ALL|WITH|x|EXISTS|INTERVAL|DAY|DATE(|IF(|LIMIT|HAVING|QUALIFY|JOIN|ON|USING|DISTINCT|r'\\|'''";

    private static IEnumerable<string> Hostile()
    {
        yield return "SELECT 1; DROP TABLE rows";
        yield return "ATTACH DATABASE '/tmp/other.db' AS other";
        yield return "PRAGMA journal_mode = DELETE";
        yield return "SELECT * FROM sqlite_master";
        yield return "SELECT * FROM `sqlite_master`";
        yield return "SELECT load_extension('/tmp/x.so')";
        yield return "SELECT readfile('/etc/passwd')";
        yield return "SELECT f0(1), column_string('[1]', 0)";
        yield return "SELECT * FROM `pixel\"; DROP TABLE rows; --`";
        yield return "SELECT 1 -- \n; DELETE FROM odd";
        yield return "SELECT /* */ 1 /*";
        yield return "UPDATE odd SET i = 1";
        yield return "CREATE TABLE x (a INT64)";
        yield return new string('(', 1_000_000);
        yield return "SELECT " + new string('(', 500_000) + "1" + new string(')', 500_000);
        yield return "SELECT " + string.Concat(Enumerable.Repeat("NOT ", 200_000)) + "TRUE";
        yield return "SELECT " + string.Concat(Enumerable.Repeat("- ", 200_000)) + "1";
        yield return "SELECT 1" + string.Concat(Enumerable.Repeat(" + 1", 200_000));
        yield return "SELECT TRUE" + string.Concat(Enumerable.Repeat(" AND TRUE", 100_000));
        yield return "SELECT " + string.Concat(Enumerable.Repeat("ABS(", 900)) + "1" + new string(')', 900);
        yield return "SELECT " + string.Concat(Enumerable.Repeat("CASE WHEN TRUE THEN ", 60_000)) + "1";
        yield return string.Concat(Enumerable.Repeat("SELECT * FROM (", 60_000));
        yield return "SELECT 1" + string.Concat(Enumerable.Repeat(" UNION ALL SELECT 1", 50_000));
        yield return "SELECT 1 FROM odd" + string.Concat(Enumerable.Repeat(", odd", 50_000));
        yield return "SELECT 1 IN (1" + string.Concat(Enumerable.Repeat(", 1", 300_000)) + ")";
        yield return "SELECT '" + new string('x', 2_000_000) + "'";
        yield return "WITH a AS (SELECT 1 AS x), " + string.Join(", ", Enumerable.Range(0, 30).Select(i => $"a{i} AS (SELECT l.x FROM {(i == 0 ? "a" : $"a{i - 1}")} l, nope r)")) + " SELECT * FROM a29";
        yield return "SELECT REPEAT('x', 9223372036854775807)";
        yield return "SELECT LPAD('x', 999999999)";
    }

    [TestCaseSource(nameof(Hostile))]
    public void Statement_Hostile_IsRefusedAndChangesNothing(string sql)
    {
        using var fixture = SampleEvents.Create();

        Assert.That(() => fixture.Query(sql), Throws.TypeOf<GoogleSqlException>());
        Assert.That(fixture.Query("SELECT COUNT(*) FROM `pixel_*`"), Is.EqualTo("8"));
    }

    [TestCase("SELECT COUNT(*) FROM `pixel_*` WHERE user_id = 'x\\' OR 1=1 --'", "0")]
    [TestCase("SELECT COUNT(*) AS `a\"b;--` FROM odd", "4")]
    [TestCase("SELECT x.`rows` FROM (SELECT 1 AS `rows`) AS x", "1")]
    public void Statement_WithTextOfSql_IsNothingButText(string sql, string expected)
    {
        using var fixture = SampleEvents.Create();

        Assert.That(fixture.Query(sql), Is.EqualTo(expected));
    }

    [Test]
    public void Engine_WordsInAnyOrder_AnswerOrRefuse()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var words = Words.Split('|');
        using var fixture = SampleEvents.Create();
        for (var i = 0; i < 4_000; i++)
        {
            var sql = new StringBuilder(random.Next(4) == 0 ? "" : "SELECT ");
            for (var n = random.Next(1, 14); n > 0; n--)
            {
                sql.Append(words[random.Next(words.Length)]).Append(random.Next(8) == 0 ? "" : " ");
            }

            AnswerOrRefuse(fixture, sql.ToString());
        }
    }

    [Test]
    public void Engine_QueriesCutAndSpliced_AnswerOrRefuse()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var fixture = SampleEvents.Create();
        var queries = GoldenQueries.All;
        for (var i = 0; i < 4_000; i++)
        {
            var (a, b) = (queries[random.Next(queries.Count)].Split(' '), queries[random.Next(queries.Count)].Split(' '));
            var at = random.Next(a.Length);
            var to = random.Next(b.Length);
            AnswerOrRefuse(fixture, string.Join(' ', a[..at].Concat(b[to..Math.Min(b.Length, to + random.Next(1, 6))]).Concat(a[Math.Min(a.Length, at + random.Next(3))..])));
        }
    }

    private static void AnswerOrRefuse(SqlFixture fixture, string sql)
    {
        try
        {
            fixture.Query(sql);
        }
        catch (GoogleSqlException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"{sql}\n{e}");
        }
    }
}
