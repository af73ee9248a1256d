using System.Globalization;
using System.IO.Compression;

namespace PixelPipeline.Clients.Tests.Bq;

/// <summary><c>bq load</c> of local files. What they became is asked of BigQuery without bq, which takes seconds to start.</summary>
internal sealed class BqLoadTests
{
    private const string Fields = """[{"name":"n","type":"INTEGER"},{"name":"at","type":"TIMESTAMP"},{"name":"text","type":"STRING"}]""";

    [TestCase("resumable")]
    [TestCase("multipart", "--noenable_resumable_uploads")]
    public async Task Load_OfASmallFile_AddsItsRows(string name, params string[] flags)
    {
        using var folder = new TempFolder();
        var (bq, table) = await TableAsync($"bq_load_{name}");
        var file = Write(folder, "rows.json", 3, "");

        (await bq.RunAsync([.. flags, "load", "--source_format=NEWLINE_DELIMITED_JSON", table, file])).Succeeded();

        Assert.That((await SharedPipeline.RowsAsync(table)).Select(row => row["n"]), Is.EqualTo(new[] { 0L, 1L, 2L }));
    }

    [TestCase("bq_load_large", false)]
    [TestCase("bq_load_zipped", true)]
    public async Task Load_OfMoreThanTenMegabytes_AddsAllRows(string dataset, bool zipped)
    {
        using var folder = new TempFolder();
        var (bq, table) = await TableAsync(dataset);
        var file = Write(folder, "rows.json", 60_000, new string('x', 200));
        Assert.That(new FileInfo(file).Length, Is.GreaterThan(10 * 1024 * 1024));

        (await bq.RunAsync("load", "--source_format=NEWLINE_DELIMITED_JSON", table, zipped ? Zip(file) : file)).Succeeded();

        Assert.That(await SharedPipeline.CountAsync(table), Is.EqualTo(60_000));
    }

    [Test]
    public async Task Load_WithASchema_MakesAPartitionedTableAndReplacesIt()
    {
        using var folder = new TempFolder();
        var bq = await BqClient.OnSharedPipelineAsync();
        await SharedPipeline.MakeDatasetAsync("bq_load_new");
        string[] load = ["load", "--source_format=NEWLINE_DELIMITED_JSON", "--time_partitioning_field=at", "--replace", "bq_load_new.made"];

        (await bq.RunAsync([.. load, Write(folder, "one.json", 2, ""), "n:INTEGER,at:TIMESTAMP,text:STRING"])).Succeeded();
        (await bq.RunAsync([.. load, Write(folder, "two.json", 5, ""), "n:INTEGER,at:TIMESTAMP,text:STRING"])).Succeeded();
        var table = await bq.JsonAsync("show", "bq_load_new.made");

        Assert.That(((string?)table["numRows"], (string?)table["timePartitioning"]!["field"]), Is.EqualTo(("5", "at")));
    }

    [Test]
    public async Task Load_OfAnEmptyFile_AddsNothing()
    {
        using var folder = new TempFolder();
        var (bq, table) = await TableAsync("bq_load_empty");

        (await bq.RunAsync("load", "--source_format=NEWLINE_DELIMITED_JSON", table, Write(folder, "none.json", 0, ""))).Succeeded();

        Assert.That(await SharedPipeline.CountAsync(table), Is.Zero);
    }

    [Test]
    public async Task Load_OfARowThatDoesNotFit_SaysWhichAndAddsNothing()
    {
        using var folder = new TempFolder();
        var (bq, table) = await TableAsync("bq_load_bad");
        var file = Write(folder, "rows.json", 2, "");
        await File.AppendAllTextAsync(file, """{"n":"many"}""" + "\n");

        var said = (await bq.RunAsync("load", "--source_format=NEWLINE_DELIMITED_JSON", table, file)).Failed();

        Assert.That(said, Does.Contain("too many errors, giving up").And.Contain("Field: n; Value: many (line 3)"));
        Assert.That(await SharedPipeline.CountAsync(table), Is.Zero);
    }

    [Test]
    public async Task Load_WithTheSameJobId_LoadsOnce()
    {
        using var folder = new TempFolder();
        var (bq, table) = await TableAsync("bq_load_once");
        string[] load = ["--job_id=bq_load_once", "load", "--source_format=NEWLINE_DELIMITED_JSON", table, Write(folder, "rows.json", 3, "")];

        (await bq.RunAsync(load)).Succeeded();
        Assert.That((await bq.RunAsync(load)).Failed(), Does.Contain("Already Exists: Job local:US.bq_load_once"));
        Assert.That((string?)(await bq.JsonAsync("show", table))["numRows"], Is.EqualTo("3"));
        Assert.That((string?)(await bq.JsonAsync("show", "--job", "bq_load_once"))["statistics"]!["load"]!["outputRows"], Is.EqualTo("3"));
    }

    private static async Task<(BqClient Bq, string Table)> TableAsync(string dataset)
    {
        var bq = await BqClient.OnSharedPipelineAsync();
        await SharedPipeline.MakeTableAsync(dataset, "rows", Fields);
        return (bq, $"{dataset}.rows");
    }

    private static string Write(TempFolder folder, string name, int rows, string text)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllLines(path, Enumerable.Range(0, rows).Select(n => string.Create(
            CultureInfo.InvariantCulture, $$"""{"n":{{n}},"at":"2026-01-02T03:04:05.678901Z","text":"{{text}}"}""")));
        return path;
    }

    private static string Zip(string file)
    {
        using var plain = File.OpenRead(file);
        using var zipped = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest);
        plain.CopyTo(zipped);
        return file + ".gz";
    }
}
