using System.Net;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>Settings that are wrong end the start with one line each; those that are right hold.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SettingsTests
{
    private static readonly (string Name, string Value, string Line)[] Bad =
    [
        ("Pixel__Project", "", "Setting Pixel__Project is missing: it must be a Google Cloud project's id, here or as GOOGLE_CLOUD_PROJECT."),
        ("Pixel__Project", "No Project", "Setting Pixel__Project must be a Google Cloud project's id"),
        ("Pixel__Dataset", "a-b", "Setting Pixel__Dataset may hold letters, digits and underscores only."),
        ("Pixel__DatasetLocation", "?", "Setting Pixel__DatasetLocation is no BigQuery location"),
        ("Pixel__Table", "pixel$", "Setting Pixel__Table may hold"),
        ("Pixel__PixelPath", "pixel.png", "Setting Pixel__PixelPath must begin with /"),
        ("Pixel__Layout", "round", "Setting Pixel__Layout must be template, partitioned or both."),
        ("Pixel__Layout", "7", "Setting Pixel__Layout must be template, partitioned or both."),
        ("Pixel__CreateTables", "maybe", "Setting Pixel__CreateTables must be true or false."),
        ("Pixel__EventsDays", "-1", "Setting Pixel__EventsDays must be 0 to 3650."),
        ("Pixel__RejectedRetentionDays", "0", "Setting Pixel__RejectedRetentionDays must be 1 to 3650."),
        ("Pixel__MaxInstances", "many", "Setting Pixel__MaxInstances must be 1 to 1000."),
        ("Pixel__MaxInstances", "", "Setting Pixel__MaxInstances must be 1 to 1000."),
        ("Pixel__NewTablesPerSecond", "0", "Setting Pixel__NewTablesPerSecond must be 1 to 10000."),
        ("Pixel__NewTablesPerDay", "-1", "Setting Pixel__NewTablesPerDay must be 0 to 10000000."),
        ("Pixel__MaxWaitingRows", "0", "Setting Pixel__MaxWaitingRows must be 1 to 1000000."),
        ("Pixel__MaxInstance", "3", "Setting Pixel__MaxInstance is not known."), // a letter is missing
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is no http or https URL."),
    ];

    /// <summary>As many starts as there are values for one setting: a start tells of all that is wrong, and to start takes most of the time.</summary>
    private static IEnumerable<(string Name, string Value, string Line)[]> BadStarts() =>
        Bad.GroupBy(b => b.Name).SelectMany(name => name.Select((bad, round) => (bad, round))).GroupBy(b => b.round, b => b.bad).Select(round => round.ToArray());

    [TestCaseSource(nameof(BadStarts))]
    public async Task Start_BadSettings_EndsWithOneLineEach((string Name, string Value, string Line)[] bad)
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(bigQuery, [.. bad.Select(b => (b.Name, (string?)b.Value))]);

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Has.Count.EqualTo(bad.Length), string.Join('\n', function.Errors));
        Assert.That(bad.Where(b => !function.Errors.Any(e => e.Contains(b.Line, StringComparison.Ordinal))), Is.Empty, string.Join('\n', function.Errors));
        Assert.That(bigQuery.Server.Requests, Is.Empty);
    }

    // Each of these is looked at only where the others are right.
    [TestCase("Pixel__SchemaFile", "no-such.json", "Setting Pixel__SchemaFile: no-such.json cannot be read")]
    [TestCase("Pixel__SchemaFile", "appsettings.json", "appsettings.json")] // JSON, and no schema
    [TestCase("Pixel__TableSuffix", "{user_id}", "{user_id}")]
    [TestCase("BIGQUERY_EMULATOR_HOST", "ftp://x", "BIGQUERY_EMULATOR_HOST is neither HOST:PORT nor an http or https URL.")]
    public Task Start_BadSettingThatIsLookedAtLast_EndsWithOneLine(string name, string value, string line) => Start_BadSettings_EndsWithOneLineEach([(name, value, line)]);

    [Test]
    public async Task Start_NoCredentials_EndsWithOneLine()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(
            bigQuery, ("BIGQUERY_EMULATOR_HOST", null), ("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/file.json"));

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Start_SettingsOfTheProject_Hold()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(
            bigQuery, ("Pixel__Project", null), ("GOOGLE_CLOUD_PROJECT", "other"), ("Pixel__Dataset", "d"), ("Pixel__Table", "hits"), ("Pixel__PixelPath", "/p.gif"));
        using var answer = await function.SendAsync(Some.LogEntry(requestUrl: "https://t.example/p.gif?user_id=a"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(bigQuery.Rows.Single().Table, Is.EqualTo("hits_a_20261120"));
        Assert.That(bigQuery.Server.Requests.Select(r => r.Target), Is.All.Contains("/projects/other/datasets"));
    }

    [Test]
    public async Task Start_LogLevelsOfTheShippedFile_HoldInAnyWorkingDirectory()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        await function.SendAsync(Some.LogEntry());
        await function.TerminateAsync();

        Assert.That(function.Output, Has.None.Contains("Microsoft.AspNetCore.Hosting.Diagnostics"), "no line for each request");
        Assert.That(function.Output, Has.Some.Contains("1 received = 1 written"));
    }

    [Test]
    public async Task Start_LogLevelOfAVariable_GoesBeforeTheFile()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery, ("Logging__LogLevel__Microsoft", "Information"));
        await function.SendAsync(Some.LogEntry());

        await Eventually.IsTrueAsync(() => function.Output.Any(l => l.Contains("Microsoft.AspNetCore", StringComparison.Ordinal)), "the framework's lines");
    }
}
