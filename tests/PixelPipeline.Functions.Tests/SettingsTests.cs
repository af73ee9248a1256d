using System.Net;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>Settings that are wrong end the start with one line each; those that are right hold.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SettingsTests
{
    [TestCase("Pixel__Project", "", "Setting Pixel__Project is missing: it must be a Google Cloud project's id, here or as GOOGLE_CLOUD_PROJECT.")]
    [TestCase("Pixel__Project", "No Project", "Setting Pixel__Project must be a Google Cloud project's id")]
    [TestCase("Pixel__Dataset", "a-b", "Setting Pixel__Dataset may hold letters, digits and underscores only.")]
    [TestCase("Pixel__DatasetLocation", "?", "Setting Pixel__DatasetLocation is no BigQuery location")]
    [TestCase("Pixel__Table", "pixel$", "Setting Pixel__Table may hold")]
    [TestCase("Pixel__PixelPath", "pixel.png", "Setting Pixel__PixelPath must begin with /")]
    [TestCase("Pixel__SchemaFile", "no-such.json", "Setting Pixel__SchemaFile: no-such.json cannot be read")]
    [TestCase("Pixel__SchemaFile", "appsettings.json", "appsettings.json")] // JSON, and no schema
    [TestCase("Pixel__Layout", "round", "Setting Pixel__Layout must be template, partitioned or both.")]
    [TestCase("Pixel__Layout", "7", "Setting Pixel__Layout must be template, partitioned or both.")]
    [TestCase("Pixel__TableSuffix", "{user_id}", "{user_id}")]
    [TestCase("Pixel__CreateTables", "maybe", "Setting Pixel__CreateTables must be true or false.")]
    [TestCase("Pixel__EventsDays", "-1", "Setting Pixel__EventsDays must be 0 to 3650.")]
    [TestCase("Pixel__RejectedRetentionDays", "0", "Setting Pixel__RejectedRetentionDays must be 1 to 3650.")]
    [TestCase("Pixel__MaxInstances", "many", "Setting Pixel__MaxInstances must be 1 to 1000.")]
    [TestCase("Pixel__MaxInstances", "", "Setting Pixel__MaxInstances must be 1 to 1000.")]
    [TestCase("Pixel__NewTablesPerSecond", "0", "Setting Pixel__NewTablesPerSecond must be 1 to 10000.")]
    [TestCase("Pixel__NewTablesPerDay", "-1", "Setting Pixel__NewTablesPerDay must be 0 to 10000000.")]
    [TestCase("Pixel__MaxWaitingRows", "0", "Setting Pixel__MaxWaitingRows must be 1 to 1000000.")]
    [TestCase("Pixel__MaxInstance", "3", "Setting Pixel__MaxInstance is not known.")] // a letter is missing
    [TestCase("BIGQUERY_EMULATOR_HOST", "ftp://x", "BIGQUERY_EMULATOR_HOST is neither HOST:PORT nor an http or https URL.")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is no http or https URL.")]
    public async Task Start_BadSetting_EndsWithOneLine(string name, string value, string line)
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(bigQuery, (name, value));

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Has.Count.EqualTo(1));
        Assert.That(function.Errors[0], Does.Contain(line));
        Assert.That(bigQuery.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Start_SeveralBadSettings_AreALineEach()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(bigQuery, ("Pixel__Dataset", "a-b"), ("Pixel__MaxInstances", "0"), ("Pixel__Tabel", "x"));

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Has.Count.EqualTo(3));
    }

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
