using System.IO.Compression;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>What becomes of the lines of a file.</summary>
internal sealed class LoadRowTests : LoadTest
{
    private const string Lines =
        """
        {"user_id":"a","type":"click","amount":1}
        {"amount":"2","user_id":"b"}

        """;

    [Test]
    public async Task Load_Lines_AreRowsInTheirOrder()
    {
        var job = await LoadAsync(Lines);

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|click|1", "b|NULL|2" }));
        Assert.That(Failure(job), Is.Null);
        Assert.That((Statistic(job, "inputFiles"), Statistic(job, "inputFileBytes")), Is.EqualTo(("1", $"{Lines.Length}")));
        Assert.That((Statistic(job, "outputRows"), Statistic(job, "badRecords")), Is.EqualTo(("2", "0")));
        Assert.That(Statistic(job, "outputBytes"), Is.EqualTo((string?)(await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numBytes"]));
    }

    [TestCase("")]
    [TestCase("\n\r\n  \n")]
    public async Task Load_OfNoRows_IsDone(string lines)
    {
        var job = await LoadAsync(lines);

        Assert.That((Failure(job), Statistic(job, "outputRows")), Is.EqualTo(((string?)null, "0")));
    }

    [TestCase("{\"user_id\":\"a\"}")] // no line break at the end
    [TestCase("{\"user_id\":\"a\"}\r\n")]
    [TestCase("\uFEFF{\"user_id\":\"a\"}\n")] // a byte order mark
    [TestCase("\n\n{\"user_id\":\"a\"}\n\n")]
    public async Task Load_LinesOfOtherSystems_AreRead(string lines)
    {
        await LoadAsync(lines);

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task Load_SameLinesTwice_AreThereTwice()
    {
        await LoadAsync(Lines, "one");
        await LoadAsync(Lines, "two");

        Assert.That((await RowsAsync()).Count(), Is.EqualTo(4), "loaded rows have no insert id");
    }

    [Test]
    public async Task Load_Gzip_IsToldByItsContent()
    {
        var job = await LoadAsync(Gzip(Lines));

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|click|1", "b|NULL|2" }));
        Assert.That(Statistic(job, "inputFileBytes"), Is.EqualTo($"{Gzip(Lines).Length}"));
    }

    [TestCase(1)] // all of the rows, not all of the file
    [TestCase(8)]
    [TestCase(20)]
    [TestCase(60)] // no row
    public async Task Load_GzipThatIsCutOff_FailsWhole(int missing)
    {
        var job = await LoadAsync(Gzip(Lines)[..^missing]);

        Assert.That((Failure(job), Errors(job).Single()), Is.EqualTo(("invalid", "Error while reading data, error message: The file begins as gzip does and is damaged, cut off, or several files in one.")));
        Assert.That(await RowsAsync(), Is.Empty);
    }

    [TestCase("""{"user_id":"b","nope":1}""", "no such field: nope.")]
    [TestCase("""{"user_id":"b","amount":"many"}""", "Could not convert value to integer. Field: amount; Value: many")]
    [TestCase("""{"user_id":"b","amount":1.5}""", "Could not convert value to integer. Field: amount; Value: 1.5")]
    [TestCase("""{"type":"click"}""", "Missing required field: user_id.")]
    [TestCase("""{"user_id":"b","type":[1]}""", "Array specified for non-repeated field: type.")]
    [TestCase("""{"user_id":""", "A row has to be one JSON object on a line of its own.")]
    [TestCase("""[{"user_id":"b"}]""", "A row has to be one JSON object on a line of its own.")]
    public async Task Load_RowThatDoesNotFit_FailsWholeAndSaysWhichLine(string line, string message)
    {
        var job = await LoadAsync($"{{\"user_id\":\"a\"}}\n{line}\n{{\"user_id\":\"c\"}}\n");

        Assert.That(await RowsAsync(), Is.Empty);
        Assert.That(Failure(job), Is.EqualTo("invalid"));
        Assert.That(Errors(job), Is.EqualTo(new[]
        {
            "Error while reading data, error message: JSON table encountered too many errors, giving up. Rows: 2; errors: 1. Please look into the errors[] collection for more details.",
            "Error while reading data, error message: JSON processing encountered too many errors, giving up. Rows: 2; errors: 1; max bad: 0; error percent: 0",
            $"Error while reading data, error message: JSON parsing error in row starting at position 16: {message} (line 2)",
        }));
        Assert.That(Statistic(job, "badRecords"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Load_BadRowsThatAreAllowed_AreLeftOutAndTold()
    {
        var job = await LoadAsync("{\"user_id\":\"a\"}\n{}\n{\"user_id\":\"b\"}\n[]\n", more: ""","maxBadRecords":2""");

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|NULL|NULL", "b|NULL|NULL" }));
        Assert.That((Failure(job), Statistic(job, "badRecords"), Statistic(job, "outputRows")), Is.EqualTo(((string?)null, "2", "2")));
        Assert.That(Errors(job).Select(error => error[^8..]), Is.EqualTo(new[] { "(line 2)", "(line 4)" }));
    }

    [Test]
    public async Task Load_OneBadRowTooMany_FailsWhole()
    {
        var job = await LoadAsync("{\"user_id\":\"a\"}\n{}\n{}\n", more: ""","maxBadRecords":1""");

        Assert.That(Failure(job), Is.EqualTo("invalid"));
        Assert.That(await RowsAsync(), Is.Empty);
    }

    [Test]
    public async Task Load_UnknownValuesIgnored_AreDropped()
    {
        await LoadAsync("""{"user_id":"a","nope":{"x":[1]}}""", more: ""","ignoreUnknownValues":true""");

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [TestCase("INTEGER", "7", "7")]
    [TestCase("INTEGER", "\"9007199254740993\"", "9007199254740993")] // beyond what a double holds
    [TestCase("FLOAT", "1.5", "1.5")]
    [TestCase("FLOAT", "\"NaN\"", "NaN")]
    [TestCase("NUMERIC", "\"12.50\"", "12.5")]
    [TestCase("NUMERIC", "12.5", "12.5")]
    [TestCase("BOOLEAN", "\"true\"", "true")]
    [TestCase("STRING", "12", "12")]
    [TestCase("BYTES", "\"AQID\"", "AQID")]
    [TestCase("DATE", "\"2026-01-02\"", "2026-01-02")]
    [TestCase("TIMESTAMP", "\"2026-01-02T03:04:05.678901Z\"", "1767323045678901")]
    [TestCase("TIMESTAMP", "\"2026-01-02 03:04:05 UTC\"", "1767323045000000")]
    [TestCase("TIMESTAMP", "1767323045.5", "1767323045500000")] // seconds since 1970
    [TestCase("TIMESTAMP", "\"1767323045\"", "1767323045000000")]
    public async Task Load_Value_IsTakenAsItsColumnHasIt(string type, string json, string cell)
    {
        await BigQuery.CreateTableAsync("one", $$"""{"name":"v","type":"{{type}}"}""");
        var job = await LoadAsync($$"""{"v":{{json}}}""", table: "one");

        Assert.That(Errors(job), Is.Empty);
        Assert.That((await BigQuery.ListAsync("one", "formatOptions.useInt64Timestamp=true")).Rows, Is.EqualTo(new[] { cell }));
    }

    private static byte[] Gzip(string text)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}
