namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed class GoldenAggregateTests : GoldenTest
{
    [TestCase("SELECT DATE(event_time) AS d, type, COUNT(*) AS hits, COUNT(DISTINCT user_id) AS users FROM `local.pixels.pixel_*` GROUP BY d, type ORDER BY d, type", "2026-11-20|NULL|1|1 ; 2026-11-20|'click'|2|1 ; 2026-11-20|'open'|1|1 ; 2026-11-21|'Open'|1|1 ; 2026-11-21|'click'|1|1 ; 2026-11-21|'open'|2|2")]
    [TestCase("SELECT user_id, MIN(event_time) AS first, COUNTIF(type = 'open') AS opens FROM `pixel_*` GROUP BY 1 HAVING opens > 0 ORDER BY opens DESC, user_id", "'alice'|2026-11-20 01:00:00+00|2 ; 'Bob'|2026-11-21 08:00:00+00|1")]
    [TestCase("SELECT user_id, COUNT(*) AS c FROM `pixel_*` GROUP BY user_id ORDER BY c DESC LIMIT 1 OFFSET 1", "'bob'|2")]
    [TestCase("SELECT UPPER(type) AS type, COUNT(*) AS c FROM `pixel_*` GROUP BY type ORDER BY c DESC, type", "'OPEN'|4 ; 'CLICK'|3 ; NULL|1")] // the alias groups, not the column
    [TestCase("SELECT CASE type WHEN 'open' THEN 1 WHEN 'click' THEN 2 END AS k, COUNT(*) FROM `pixel_*` GROUP BY k ORDER BY k", "NULL|2 ; 1|3 ; 2|3")]
    [TestCase("SELECT type FROM pixel_alice_20261120 GROUP BY type ORDER BY COUNT(*) DESC", "'click' ; 'open'")]
    [TestCase("SELECT COUNT(*), COUNT(type), COUNT(DISTINCT type), APPROX_COUNT_DISTINCT(event_id) FROM `pixel_*`", "8|7|3|7")]
    [TestCase("SELECT COUNT(*), SUM(i), MIN(s), AVG(i) FROM odd WHERE i > 9223372036854775807", "0|NULL|NULL|NULL")]
    [TestCase("SELECT SUM(f), AVG(f), MIN(f), MAX(f) FROM odd", "NaN|NaN|NaN|NaN")]
    [TestCase("SELECT SUM(f), MIN(f), MAX(f) FROM odd WHERE i != -7", "-Infinity|-Infinity|1.5")]
    [TestCase("SELECT SUM(n), AVG(n), MIN(n), MAX(n) FROM odd", "n-78.500000001|n-26.166666667|n-100.000000001|n12.5")]
    [TestCase("SELECT AVG(i), ANY_VALUE(d), LOGICAL_AND(b), LOGICAL_OR(b) FROM odd WHERE i < 10", "-2.5|1969-12-31|false|false")]
    [TestCase("SELECT STRING_AGG(DISTINCT user_id), STRING_AGG(order_id, '+') FROM pixel_alice_20261120", "'alice'|'o1+o1'")]
    [TestCase("SELECT COUNT(*) AS c FROM (SELECT DISTINCT type FROM `pixel_*`)", "4")]
    [TestCase("SELECT MOD(LENGTH(event_id), 2), COUNT(*) FROM `pixel_*` GROUP BY MOD(LENGTH(event_id), 2)", "0|8")]
    [TestCase("SELECT n > 9, COUNT(*) FROM odd GROUP BY n > 9 ORDER BY 1", "NULL|1 ; false|2 ; true|1")]
    [TestCase("SELECT 'no' FROM odd HAVING COUNT(*) > 100", "")]
    public void Aggregate_Query_GivesRows(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT event_id FROM `pixel_*` WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1 ORDER BY event_id DESC", "'b2' ; 'b1' ; 'a4' ; 'a3' ; 'a2' ; 'a1' ; 'B1'")]
    [TestCase("SELECT * EXCEPT(rn) FROM (SELECT event_id, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) AS rn FROM `pixel_*`) WHERE rn = 1 ORDER BY event_id", "'B1' ; 'a1' ; 'a2' ; 'a3' ; 'a4' ; 'b1' ; 'b2'")]
    [TestCase("SELECT type, COUNT(*) n, SUM(COUNT(*)) OVER () AS total FROM `pixel_*` GROUP BY type ORDER BY n DESC, type", "'click'|3|8 ; 'open'|3|8 ; NULL|1|8 ; 'Open'|1|8")]
    [TestCase("SELECT DATE(event_time) d, COUNT(*) c, SUM(COUNT(*)) OVER (ORDER BY DATE(event_time)) running FROM `pixel_*` GROUP BY d ORDER BY d", "2026-11-20|4|4 ; 2026-11-21|4|8")]
    [TestCase("SELECT RANK() OVER (ORDER BY type DESC), type FROM `pixel_*` ORDER BY 1, 2", "1|'open' ; 1|'open' ; 1|'open' ; 4|'click' ; 4|'click' ; 4|'click' ; 7|'Open' ; 8|NULL")]
    [TestCase("SELECT event_id, LAG(event_id) OVER (ORDER BY event_time) AS prev, LEAD(event_id, 1, 'end') OVER (ORDER BY event_time) AS next FROM pixel_alice_20261121 ORDER BY event_time", "'a4'|NULL|'a3' ; 'a3'|'a4'|'end'")]
    [TestCase("SELECT event_id, COUNT(*) OVER (PARTITION BY user_id ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) c FROM pixel_alice_20261120 ORDER BY event_id, c", "'a1'|1 ; 'a2'|2 ; 'a2'|2")]
    [TestCase("SELECT NTILE(2) OVER (ORDER BY event_id) n, event_id FROM pixel_alice_20261120 ORDER BY 2, 1", "1|'a1' ; 1|'a2' ; 2|'a2'")]
    [TestCase("SELECT i, DENSE_RANK() OVER (ORDER BY f) AS r FROM odd ORDER BY r", "NULL|1 ; -7|2 ; 2|3 ; 9223372036854775807|4")] // NULL, NaN, -inf, 1.5
    [TestCase("SELECT user_id, FIRST_VALUE(event_id) OVER (PARTITION BY user_id ORDER BY event_time) AS f FROM `pixel_*` QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time) = 1 ORDER BY 1", "'Bob'|'B1' ; 'alice'|'a1' ; 'bob'|'b1'")]
    public void Window_Query_GivesRows(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));
}
