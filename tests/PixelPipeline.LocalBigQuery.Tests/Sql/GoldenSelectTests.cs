namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed class GoldenSelectTests : GoldenTest
{
    [TestCase("SELECT 1", "1")]
    [TestCase("SELECT event_id, type, order_id FROM pixel_alice_20261120 ORDER BY event_time", "'a1'|'open'|NULL ; 'a2'|'click'|'o1' ; 'a2'|'click'|'o1'")]
    [TestCase("SELECT e.* EXCEPT (user_agent, referer) FROM `local`.pixels.pixel_bob_20261121 AS e ORDER BY 1", "'b1'|2026-11-21 06:00:00+00|'bob'|'Open'|NULL ; 'b2'|2026-11-21 07:00:00+00|'bob'|'click'|'o3'")]
    [TestCase("SELECT * EXCEPT (user_agent, referer, event_time) REPLACE (UPPER(user_id) AS user_id) FROM `local.pixels.pixel_Bob_20261121`", "'B1'|'BOB'|'open'|NULL")]
    [TestCase("SELECT DISTINCT type FROM `pixel_*` ORDER BY type NULLS LAST", "'Open' ; 'click' ; 'open' ; NULL")]
    [TestCase("SELECT type FROM pixel_alice_20261121 ORDER BY type", "NULL ; 'open'")]
    [TestCase("SELECT type FROM pixel_alice_20261121 ORDER BY type DESC", "'open' ; NULL")]
    [TestCase("SELECT event_id FROM pixel_bob_20261121 ORDER BY event_time DESC LIMIT 1", "'b2'")]
    [TestCase("SELECT 1 LIMIT 0", "")]
    [TestCase("SELECT x FROM pixel_view", "1")]
    [TestCase("SELECT 1 /* c */ -- d\n # e", "1")]
    [TestCase("SELECT 1 AS x, FROM odd WHERE i = 2;", "1")] // a comma may trail, a semicolon may end
    public void Select_Query_GivesRows(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT event_id, _TABLE_SUFFIX AS s FROM `pixel_*` WHERE _TABLE_SUFFIX LIKE 'alice%' ORDER BY 1, 2", "'a1'|'alice_20261120' ; 'a2'|'alice_20261120' ; 'a2'|'alice_20261120' ; 'a3'|'alice_20261121' ; 'a4'|'alice_20261121'")]
    [TestCase("SELECT event_id FROM `pixel_alice_*` WHERE _TABLE_SUFFIX BETWEEN '20261121' AND '20261231' ORDER BY 1", "'a3' ; 'a4'")]
    [TestCase("SELECT event_id FROM local.pixels.`pixel_*` WHERE _TABLE_SUFFIX IN ('bob_20261121', 'Bob_20261121') ORDER BY event_id", "'B1' ; 'b1' ; 'b2'")]
    [TestCase("SELECT event_id FROM `local`.`pixels`.`pixel_*` WHERE _TABLE_SUFFIX = 'bob_20261121' AND type = 'click'", "'b2'")]
    [TestCase("SELECT COUNT(*) FROM `pixels.pixel_*` WHERE _table_suffix >= 'b'", "2")]
    [TestCase("SELECT COUNT(*) FROM `pixel_*` WHERE _TABLE_SUFFIX LIKE 'nobody%'", "0")]
    [TestCase("SELECT a.event_id FROM pixel_bob_20261121 a LEFT JOIN `pixel_*` b ON b.user_id = a.user_id AND b.event_id = a.event_id WHERE IFNULL(b._TABLE_SUFFIX, 'none') = 'none'", "")] // pruned, all would match
    [TestCase("SELECT COUNT(*) FROM `pixel_*` WHERE _TABLE_SUFFIX LIKE 'alice%' OR _TABLE_SUFFIX = 'Bob_20261121'", "6")]
    public void Wildcard_SuffixCondition_ReadsThoseTables(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT a.event_id, b.event_id AS other FROM pixel_alice_20261120 a LEFT JOIN pixel_bob_20261121 b ON a.type = b.type ORDER BY 1, 2", "'a1'|NULL ; 'a2'|'b2' ; 'a2'|'b2'")]
    [TestCase("SELECT a.event_id FROM pixel_alice_20261120 a JOIN pixel_bob_20261121 b ON a.type = b.type", "'a2' ; 'a2'")]
    [TestCase("SELECT * FROM (SELECT 1 AS x) JOIN (SELECT 1 AS x, 2 AS y) USING (x)", "1|2")]
    [TestCase("SELECT COUNT(*) FROM pixel_alice_20261120, odd", "12")]
    [TestCase("SELECT COUNT(*) FROM pixel_alice_20261120 CROSS JOIN odd", "12")]
    [TestCase("SELECT x.type, y.c FROM pixel_bob_20261121 x JOIN (pixel_alice_20261120 a JOIN (SELECT type, COUNT(*) c FROM pixel_alice_20261120 GROUP BY type) y ON a.type = y.type) ON x.type = a.type", "'click'|2 ; 'click'|2")]
    [TestCase("SELECT event_id FROM pixel_alice_20261120 WHERE event_id IN (SELECT event_id FROM pixel_alice_20261120 WHERE type = 'open')", "'a1'")]
    [TestCase("SELECT event_id FROM pixel_alice_20261121 AS a WHERE NOT EXISTS (SELECT 1 FROM pixel_Bob_20261121 AS b WHERE b.type = a.type)", "'a4'")]
    [TestCase("SELECT (SELECT MAX(event_id) FROM pixel_bob_20261121 WHERE type = a.type) AS m, type FROM pixel_alice_20261120 AS a ORDER BY 1", "NULL|'open' ; 'b2'|'click' ; 'b2'|'click'")]
    [TestCase("SELECT user_id, (SELECT COUNT(*) FROM `pixel_*` p WHERE p.user_id = q.user_id) AS n FROM `pixel_*` q GROUP BY user_id ORDER BY 1", "'Bob'|1 ; 'alice'|5 ; 'bob'|2")]
    [TestCase("SELECT event_id, (WITH z AS (SELECT type FROM pixel_bob_20261121 b WHERE b.type = a.type) SELECT COUNT(*) FROM z, z AS y) AS n FROM pixel_alice_20261121 a UNION ALL SELECT event_id, (SELECT COUNT(*) FROM pixel_bob_20261121 b WHERE b.type = a.type) FROM pixel_alice_20261120 a ORDER BY 1", "'a1'|0 ; 'a2'|1 ; 'a2'|1 ; 'a3'|0 ; 'a4'|0")]
    public void JoinOrSubquery_Query_GivesRows(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT 1 UNION ALL SELECT 2.5 ORDER BY 1 DESC", "2.5 ; 1.0")]
    [TestCase("SELECT type FROM pixel_alice_20261120 UNION DISTINCT SELECT 'open' ORDER BY type", "'click' ; 'open'")]
    [TestCase("(SELECT 1 AS x UNION ALL SELECT 2) UNION DISTINCT SELECT 2 ORDER BY x LIMIT 5", "1 ; 2")]
    [TestCase("WITH a AS (SELECT type FROM `pixel_*`), b AS (SELECT * FROM a UNION ALL SELECT 'x') SELECT type, COUNT(*) AS c FROM b GROUP BY type ORDER BY type", "NULL|1 ; 'Open'|1 ; 'click'|3 ; 'open'|3 ; 'x'|1")]
    [TestCase("WITH a AS (SELECT 1 AS x) SELECT l.x + r.x AS s FROM a AS l, a AS r", "2")]
    public void UnionOrWith_Query_GivesRows(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));
}
