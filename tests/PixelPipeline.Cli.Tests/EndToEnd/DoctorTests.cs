using System.Globalization;
using System.Text.Json;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary><c>pixel doctor</c> on real pipelines: all hops of a well one, and the first broken one of others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Self)]
internal sealed class DoctorTests : IDisposable
{
    private static readonly string[] Hops = ["pixel", "access log", "subscription", "function", "BigQuery", "row"];

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Test]
    public async Task Doctor_PipelineIsUp_SeesTheHitAtEveryHop()
    {
        var pipeline = await SharedPipeline.GetAsync();
        var (exitCode, output, errors) = await InProcess.RunAsync([.. Arguments(pipeline, pipeline.BigQueryHost, SharedPipeline.Data), "--format", "json"]);
        var hops = Read(output);

        Assert.That(errors, Is.Empty);
        Assert.That(hops.Select(h => (Text(h, "hop"), Text(h, "state"))), Is.EqualTo(Hops.Select(h => ((string?)h, (string?)"passed"))), Said(hops));
        Assert.That(hops.Select(h => h.GetProperty("milliseconds").GetInt64()), Is.Ordered);
        Assert.That(exitCode, Is.Zero);

        var (again, forPeople, _) = await PixelProcess.RunAsync(Arguments(pipeline, pipeline.BigQueryHost, SharedPipeline.Data));
        Assert.That(again, Is.Zero, forPeople);
        Assert.That(forPeople.Split('\n').Count(l => l.StartsWith('✓')), Is.EqualTo(Hops.Length), "the same for people");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A process cannot be stopped by a signal there.")]
    public async Task Doctor_FunctionHangs_NamesItUntilItGoesOn()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path);
        var function = (await File.ReadAllTextAsync(Path.Combine(_data.Path, "function.pid"))).Split(' ')[0];
        await Shell.RunAsync($"kill -STOP {function}");
        AssertBroken(await ExamineAsync(pipeline, null, "--timeout", "3"), "function", "does not answer on port", "--function-port");

        await Shell.RunAsync($"kill -CONT {function}");
        var (exitCode, hops) = await ExamineAsync(pipeline);
        Assert.That(exitCode, Is.Zero, Said(hops));
    }

    [Test]
    public async Task Doctor_BigQueryGone_NamesIt()
    {
        var host = $"127.0.0.1:{FreePort.Take()}";
        using var other = new TempFolder();
        using var bigQuery = PixelProcess.Start("bigquery", "--data", other.Path, "--bigquery-port", host.Split(':')[1]);
        await bigQuery.WaitForOutputAsync("Ctrl-C stops it.");
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, "--bigquery", host);
        bigQuery.KillTree();
        await bigQuery.ExitAsync();

        AssertBroken(await ExamineAsync(pipeline, host, "--timeout", "30s"), "BigQuery", "does not answer", "./pixel bigquery");
    }

    [Test]
    public async Task Doctor_TableDeleted_NamesIt()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path);
        await pipeline.BigQuery.DeleteTableAsync("pixels", "rejected_pixel");

        AssertBroken(await ExamineAsync(pipeline), "BigQuery", "pixels.rejected_pixel is missing", "./pixel up");
    }

    [Test]
    public async Task Doctor_ColumnThatTheTableLacks_NamesItUntilUpHasAddedIt()
    {
        var schema = await WriteSchemaAsync("""{ "name": "campaign", "type": "STRING" }""");
        using (var before = await RunningPipeline.StartAsync(_data.Path))
        {
            await before.HitAsync("user_id=pixel-doctor&type=click"); // makes a table with the columns of before
            AssertBroken(await ExamineAsync(before, null, "--schema", schema), "BigQuery", "the column campaign of the schema is missing in pixels.pixel", "stop and start ./pixel up");
        }

        using var pipeline = await RunningPipeline.StartAsync(_data.Path, "--schema", schema);
        var (exitCode, hops) = await ExamineAsync(pipeline, null, "--schema", schema);
        Assert.That(exitCode, Is.Zero, Said(hops));
    }

    [Test]
    public async Task Doctor_TableWithAColumnThatNoEventHas_NamesIt()
    {
        var schema = await WriteSchemaAsync("""{ "name": "campaign", "type": "STRING", "mode": "REQUIRED" }""");
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, "--schema", schema);

        AssertBroken(await ExamineAsync(pipeline), "BigQuery", "the column campaign, which no event has, is REQUIRED, in pixels.pixel", "with the --schema that the doctor has");
    }

    [Test]
    public async Task Doctor_NothingIsUp_NamesThePixel()
    {
        var (exitCode, output, errors) = await InProcess.RunAsync("doctor", "--url", $"http://127.0.0.1:{FreePort.Take()}/pixel.png", "--format", "json");

        AssertBroken((exitCode, Read(output)), "pixel", "does not answer", "./pixel up");
        Assert.That(errors, Is.Empty);
    }

    [TestCase("--url", "ftp://localhost/pixel.png")]
    [TestCase("--url", "pixel.png")]
    [TestCase("--project", "acme-track")]
    public async Task Doctor_WithoutAUsableUrl_NamesTheFlag(params string[] arguments)
    {
        var (exitCode, _, errors) = await InProcess.RunAsync(["doctor", .. arguments]);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("--url"));
    }

    private static string[] Arguments(RunningPipeline pipeline, string bigQuery, string data) =>
    [
        "doctor", "--url", pipeline.Pixel.AbsoluteUri, "--data", data, "--bigquery", bigQuery,
        "--function-port", pipeline.Function.Port.ToString(CultureInfo.InvariantCulture),
    ];

    private async Task<(int ExitCode, List<JsonElement> Hops)> ExamineAsync(RunningPipeline pipeline, string? bigQuery = null, params string[] more)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync([.. Arguments(pipeline, bigQuery ?? pipeline.BigQueryHost, _data.Path), "--format", "json", .. more]);
        Assert.That(errors, Is.Empty);
        return (exitCode, Read(output));
    }

    private static List<JsonElement> Read(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l))];

    private static void AssertBroken((int ExitCode, List<JsonElement> Hops) outcome, string hop, string cause, string remedy)
    {
        var index = Array.IndexOf(Hops, hop);
        var expected = Hops.Select((_, i) => i < index ? "passed" : i == index ? "broken" : "not_reached");
        Assert.That(outcome.Hops.Select(h => Text(h, "state")), Is.EqualTo(expected), Said(outcome.Hops));
        Assert.That(Text(outcome.Hops[index], "detail"), Does.Contain(cause));
        Assert.That(Text(outcome.Hops[index], "remedy"), Does.Contain(remedy));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static string Said(IEnumerable<JsonElement> hops) => string.Join('\n', hops);

    /// <summary>The shipped schema and one more column.</summary>
    private async Task<string> WriteSchemaAsync(string column)
    {
        var shipped = System.Text.Encoding.UTF8.GetString(ShippedFile.Read("deploy/schema.json")).TrimEnd().TrimEnd(']').TrimEnd();
        var file = Path.Combine(_data.Path, "schema.json");
        await File.WriteAllTextAsync(file, $"{shipped},\n{column}\n]");
        return file;
    }
}
