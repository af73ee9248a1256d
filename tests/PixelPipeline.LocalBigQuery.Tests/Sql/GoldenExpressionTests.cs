namespace PixelPipeline.LocalBigQuery.Tests.Sql;

internal sealed class GoldenExpressionTests : GoldenTest
{
    [TestCase("SELECT 7 / 2, 7 = 7.0, 1 + 0.5, -7 / 2", "3.5|true|1.5|-3.5")]
    [TestCase("SELECT i + 0.5, i / 2, -i FROM odd WHERE i < 100 ORDER BY i", "-6.5|-3.5|7 ; 2.5|1.0|-2")]
    [TestCase("SELECT 9223372036854775807 - 1, -9223372036854775808, 0x1F, 1e3, .5", "9223372036854775806|-9223372036854775808|31|1000.0|0.5")]
    [TestCase("SELECT 0.1 + 0.2 = 0.3, NUMERIC '0.1' + NUMERIC '0.2' = NUMERIC '0.3'", "false|true")]
    [TestCase("SELECT NUMERIC '1' / NUMERIC '3', NUMERIC '10' > NUMERIC '9', CAST('1e-9' AS NUMERIC) * 2", "n0.333333333|true|n0.000000002")]
    [TestCase("SELECT n FROM odd WHERE n > 9 ORDER BY n", "n12.5")] // as texts, 12.5 < 9
    [TestCase("SELECT n FROM odd WHERE n BETWEEN 9 AND 12.5 ORDER BY n DESC", "n12.5 ; n9")]
    [TestCase("SELECT f, f > 0, f = f FROM odd ORDER BY f", "NULL|NULL|NULL ; NaN|false|false ; -Infinity|false|true ; 1.5|true|true")]
    [TestCase("SELECT f FROM odd ORDER BY f DESC", "1.5 ; -Infinity ; NaN ; NULL")]
    [TestCase("SELECT IEEE_DIVIDE(0, 0), IEEE_DIVIDE(1, 0), IS_NAN(f) FROM odd WHERE i = -7", "NaN|Infinity|true")]
    [TestCase("SELECT ROUND(2.5), ROUND(-2.5), ROUND(2.675, 2), TRUNC(-1.5), CEIL(1.2), FLOOR(-1.2), MOD(-7, 3), DIV(-7, 2), ROUND(3)", "3.0|-3.0|2.67|-1.0|2.0|-2.0|-1|-3|3.0")]
    [TestCase("SELECT SAFE_DIVIDE(1, 0), SAFE_DIVIDE(1, 4), SAFE.LN(0), ABS(-3), SIGN(-2.5)", "NULL|0.25|NULL|3|-1.0")]
    [TestCase("SELECT ROUND(99999999999.123456, 5) = 99999999999.12346, ROUND(123456789.123456789, 7) = 123456789.1234568, ROUND(1234567890123.455, 2) = 1234567890123.46", "true|true|true")]
    [TestCase("SELECT ROUND(-0.12345678901234565, 16) = -0.1234567890123456, ROUND(1.005, 2), ROUND(1e-300, 3), ROUND(1e300, 3) = 1e300, ROUND(12345.6, -2), ROUND(1.5, 400)", "true|1.0|0.0|true|12300.0|1.5")]
    [TestCase("SELECT SAFE_DIVIDE(1e308, 1e-10), SAFE_DIVIDE(-1e308, 1e-10), SAFE_DIVIDE(CAST('inf' AS FLOAT64), 2), SAFE_DIVIDE(NUMERIC '1e28', NUMERIC '0.001'), SAFE.EXP(1000)", "NULL|NULL|Infinity|NULL|NULL")]
    [TestCase("SELECT 0.0, -0.0, IEEE_DIVIDE(1, -0.0), IEEE_DIVIDE(1, 0.0)", "0.0|-0.0|-Infinity|Infinity")]
    [TestCase("SELECT 'bytes:FF', b'\\xff', 'FF'", "'bytes:FF'|bff|'FF'")]
    [TestCase("SELECT IF(i = 0, 1, 10 / i) FROM (SELECT 0 AS i)", "1.0")] // the branch not taken does not divide
    [TestCase("SELECT IF(TRUE, 1, 1 / 0), COALESCE(1, 1 / 0), CASE WHEN TRUE THEN 2 ELSE DIV(1, 0) END", "1.0|1.0|2")]
    public void Number_Expression_IsBigQuerys(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT i = NULLIF(1, 1), NULL IS NULL, TRUE AND NULL, FALSE AND NULL, 1 IN (2, NULL), 1 NOT IN (1, NULL) FROM odd WHERE i = 2", "NULL|true|NULL|false|NULL|false")]
    [TestCase("SELECT b IS TRUE, b IS NOT FALSE, b IS NULL FROM odd WHERE i = 2", "false|true|true")]
    [TestCase("SELECT GREATEST(1, 2, 3), LEAST('b', 'a'), IF(TRUE, 1, 2.5), COALESCE(NULL, 'x'), NULLIF(1, 1), IFNULL(NULL, 3), GREATEST(1, NULL)", "3|'a'|1.0|'x'|NULL|3|NULL")]
    [TestCase("SELECT SAFE_CAST('abc' AS INT64), CAST(3.5 AS STRING), CAST(2.5 AS INT64), CAST(TRUE AS STRING), CAST(' 12 ' AS INT64), CAST('0x1f' AS INT64), CAST(1.0 AS STRING)", "NULL|'3.5'|3|'true'|12|31|'1'")]
    [TestCase("SELECT CAST(t AS STRING), CAST(d AS STRING), CAST(n AS FLOAT64), CAST(y AS INT64) IS NULL FROM (SELECT t, d, n, '7' AS y FROM odd WHERE i = -7)", "'1969-12-31 23:59:59.999999+00'|'1969-12-31'|9.0|false")]
    public void NullOrCast_Expression_IsBigQuerys(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT event_id FROM pixel_bob_20261121 WHERE type LIKE 'open'", "")] // LIKE minds case
    [TestCase("SELECT event_id FROM pixel_bob_20261121 WHERE type LIKE 'O_e%'", "'b1'")]
    [TestCase("SELECT s LIKE 'a\\\\%b\\\\_c', s LIKE r'%\\%%', s LIKE '%', s NOT LIKE 'A%' FROM odd WHERE b", "true|true|true|true")]
    [TestCase("SELECT LENGTH(s), BYTE_LENGTH(s), ENDS_WITH(s, 'z'), REGEXP_CONTAINS(s, r'^.{4}$') FROM odd WHERE NOT b", "4|8|true|true")] // é, an emoji, NUL, z
    [TestCase("SELECT '' AS e, b'' AS f, s = '' AS g FROM odd ORDER BY i", "''|b|NULL ; ''|b|false ; ''|b|true ; ''|b|false")]
    [TestCase("SELECT SUBSTR('héllo', 2, 3), SUBSTR('abc', -2), LEFT('abc', 2), RIGHT('abc', 2), LPAD('7', 3, '0'), STRPOS('abc', 'c')", "'éll'|'bc'|'ab'|'bc'|'007'|3")]
    [TestCase("SELECT REGEXP_EXTRACT('https://a.b/c', r'://([^/]+)'), REGEXP_REPLACE('abc', r'b(.)', r'\\1x'), REPLACE('aaa', 'a', 'bb')", "'a.b'|'acx'|'bbbbbb'")]
    [TestCase("SELECT UPPER('é'), LOWER('ÀB'), TRIM('  x '), CONCAT('a', 'b', NULL), 'a' || 'b', REVERSE('ab'), TRIM('xax', 'x')", "'É'|'àb'|'x'|NULL|'ab'|'ba'|'a'")]
    [TestCase("SELECT r'a\\nb', 'a\\tb', \"it's\", '''t'q''', b'\\xff', '\\u00e9'", "'a\\nb'|'a\tb'|'it's'|'t'q'|bff|'é'")]
    [TestCase("SELECT TO_HEX(y), TO_BASE64(y), LENGTH(y), y = b'\\x00\\x01', SAFE_CONVERT_BYTES_TO_STRING(b'ab\\xff') FROM odd WHERE b", "'0001'|'AAE='|2|true|'ab\uFFFD'")]
    [TestCase("SELECT MAX(s) FROM odd WHERE s > 'Z' AND s < 'b'", "'a%b_c'")]
    public void Text_Expression_IsBigQuerys(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));

    [TestCase("SELECT CURRENT_TIMESTAMP(), CURRENT_DATE, TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY), CURRENT_TIMESTAMP() - INTERVAL 90 MINUTE", "2026-11-21 12:00:00+00|2026-11-21|2026-11-20 12:00:00+00|2026-11-21 10:30:00+00")]
    [TestCase("SELECT FORMAT_TIMESTAMP('%Y-%m-%d %H:%M:%E*S %Z', t), TIMESTAMP_TRUNC(t, HOUR), EXTRACT(YEAR FROM t), DATE(t) FROM odd WHERE t < '1970-01-01'", "'1969-12-31 23:59:59.999999 UTC'|1969-12-31 23:00:00+00|1969|1969-12-31")]
    [TestCase("SELECT EXTRACT(DAYOFWEEK FROM DATE '2026-11-21'), EXTRACT(WEEK FROM DATE '2026-11-21'), EXTRACT(ISOWEEK FROM DATE '2026-11-21')", "7|46|47")]
    [TestCase("SELECT DATE_TRUNC(DATE '2026-11-21', WEEK), DATE_TRUNC(DATE '2026-11-21', WEEK(MONDAY)), DATE_TRUNC(DATE '2026-11-21', MONTH), LAST_DAY(DATE '2026-02-03')", "2026-11-15|2026-11-16|2026-11-01|2026-02-28")]
    [TestCase("SELECT DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH), DATE_SUB(DATE '2026-03-01', INTERVAL 1 DAY), DATE '2026-01-01' + 1", "2024-02-29|2026-02-28|2026-01-02")]
    [TestCase("SELECT DATE_DIFF(DATE '2026-03-01', DATE '2026-02-27', DAY), DATE_DIFF(DATE '2026-11-22', DATE '2026-11-21', WEEK), TIMESTAMP_DIFF(TIMESTAMP '2026-01-02', TIMESTAMP '2026-01-01 00:30:00', HOUR)", "2|1|23")]
    [TestCase("SELECT DATE(TIMESTAMP '2026-11-21 03:00:00+00', 'America/New_York'), TIMESTAMP_TRUNC(TIMESTAMP '2026-11-21 03:00:00+00', DAY, 'America/New_York'), EXTRACT(HOUR FROM TIMESTAMP '2026-11-21 03:00:00+00' AT TIME ZONE 'Asia/Kolkata')", "2026-11-20|2026-11-20 05:00:00+00|8")]
    [TestCase("SELECT event_id FROM `pixel_*` WHERE event_time >= '2026-11-21' AND event_time < TIMESTAMP '2026-11-22 00:00:00+00' ORDER BY event_id", "'B1' ; 'a3' ; 'b1' ; 'b2'")]
    [TestCase("SELECT UNIX_SECONDS(t), UNIX_MICROS(t), TIMESTAMP_MILLIS(1), TIMESTAMP('2026-01-02 03:04:05+02:00') FROM odd WHERE NOT b", "-1|-1|1970-01-01 00:00:00.001+00|2026-01-02 01:04:05+00")]
    public void Time_Expression_IsBigQuerys(string sql, string expected) => Assert.That(Query(sql), Is.EqualTo(expected));
}
