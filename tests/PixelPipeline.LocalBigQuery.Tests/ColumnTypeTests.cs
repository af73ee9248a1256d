namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class ColumnTypeTests : BigQueryTest
{
    [TestCase("STRING", "\"click\"", "click")]
    [TestCase("STRING", "\"\"", "")] // empty is not NULL
    [TestCase("STRING", "7.50", "7.50")] // a number is text as it was written
    [TestCase("STRING", "true", "true")]
    [TestCase("STRING", "\"\\u0000'\\\"<é😀\"", "\0'\"<é😀")]
    [TestCase("INTEGER", "9223372036854775807", "9223372036854775807")]
    [TestCase("INTEGER", "\"-9223372036854775808\"", "-9223372036854775808")]
    [TestCase("INT64", "7.0", "7")]
    [TestCase("FLOAT", "0.1", "0.1")]
    [TestCase("FLOAT64", "\"1e30\"", "1.0E30")]
    [TestCase("FLOAT", "\"nan\"", "NaN")]
    [TestCase("FLOAT", "\"-inf\"", "-Infinity")]
    [TestCase("FLOAT", "7", "7.0")]
    [TestCase("NUMERIC", "\"00012.500\"", "12.5")]
    [TestCase("NUMERIC", "\"99999999999999999999999999999.999999999\"", "99999999999999999999999999999.999999999")]
    [TestCase("NUMERIC", "1.5e3", "1500")]
    [TestCase("BOOLEAN", "true", "true")]
    [TestCase("BOOL", "\"F\"", "false")]
    [TestCase("BOOLEAN", "1", "true")]
    [TestCase("TIMESTAMP", "\"2024-11-20T10:59:08.408747Z\"", "1.732100348408747E9")]
    [TestCase("TIMESTAMP", "\"2024-11-20 12:59:08.408747+02:00\"", "1.732100348408747E9")]
    [TestCase("TIMESTAMP", "1732100348.408747", "1.732100348408747E9")]
    [TestCase("TIMESTAMP", "\"1.732100348408747E9\"", "1.732100348408747E9")] // as it is answered
    [TestCase("TIMESTAMP", "\"0001-01-01T00:00:00Z\"", "-6.21355968E10")]
    [TestCase("TIMESTAMP", "\"9999-12-31T23:59:59.999999Z\"", "2.53402300799999999E11")]
    [TestCase("DATE", "\"2026-1-2\"", "2026-01-02")]
    [TestCase("BYTES", "\"AQI=\"", "AQI=")]
    [TestCase("BYTES", "\"\"", "")]
    public async Task Value_OfItsType_IsAnsweredAsBigQueryDoes(string type, string json, string cell)
    {
        await BigQuery.CreateTableAsync("t", $$"""{"name":"c","type":"{{type}}"}""");

        var inserted = await BigQuery.InsertAsync("t", $$$"""{"rows":[{"json":{"c":{{{json}}}}}]}""");

        Assert.That(inserted.RowErrors, Is.Empty);
        Assert.That((await BigQuery.ListAsync("t")).Rows, Is.EqualTo(new[] { cell }));
    }

    [TestCase("INTEGER", "1.5")]
    [TestCase("INTEGER", "\"abc\"")]
    [TestCase("INTEGER", "\"\"")]
    [TestCase("INTEGER", "\" 1\"")]
    [TestCase("INTEGER", "9223372036854775808")] // one too many
    [TestCase("INTEGER", "true")]
    [TestCase("FLOAT", "\"abc\"")]
    [TestCase("FLOAT", "1e400")]
    [TestCase("FLOAT", "\"1,000\"")]
    [TestCase("NUMERIC", "\"100000000000000000000000000000\"")] // 30 digits
    [TestCase("NUMERIC", "\"1e999999999\"")]
    [TestCase("NUMERIC", "\".\"")]
    [TestCase("BOOLEAN", "\"maybe\"")]
    [TestCase("BOOLEAN", "2")]
    [TestCase("TIMESTAMP", "\"yesterday\"")]
    [TestCase("TIMESTAMP", "\"0000-01-01T00:00:00Z\"")]
    [TestCase("TIMESTAMP", "\"10000-01-01T00:00:00Z\"")]
    [TestCase("TIMESTAMP", "\"0001-01-01T00:00:00+01:00\"")] // year 0 in UTC
    [TestCase("TIMESTAMP", "\"9999-12-31T23:59:59-01:00\"")] // year 10000 in UTC
    [TestCase("TIMESTAMP", "\"2026-02-29T00:00:00Z\"")]
    [TestCase("TIMESTAMP", "\"2026-01-01T24:00:00Z\"")]
    [TestCase("TIMESTAMP", "253402300800")]
    [TestCase("TIMESTAMP", "1e28")]
    [TestCase("TIMESTAMP", "true")]
    [TestCase("DATE", "\"2026-02-29\"")]
    [TestCase("DATE", "\"2026-01-02T00:00:00Z\"")]
    [TestCase("DATE", "20260102")]
    [TestCase("BYTES", "\"A\"")]
    [TestCase("BYTES", "\"####\"")]
    [TestCase("BYTES", "7")]
    [TestCase("STRING", "{}")]
    public async Task Value_ThatDoesNotFit_IsInvalidAndNamesTheColumn(string type, string json)
    {
        await BigQuery.CreateTableAsync("t", $$"""{"name":"c","type":"{{type}}"}""");

        var answer = await BigQuery.InsertAsync("t", $$$"""{"rows":[{"json":{"c":{{{json}}}}}]}""");

        Assert.That(answer.RowErrors, Is.EqualTo(new[] { "0 invalid c" }));
        Assert.That((await BigQuery.ListAsync("t")).Rows, Is.Empty);
    }
}
