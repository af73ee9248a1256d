using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class UsageTests
{
    [TestCase("up")]
    [TestCase("rows")]
    [TestCase("tables")]
    [TestCase("dead-letters")]
    [TestCase("bigquery")]
    [TestCase("summarize")]
    [TestCase("import")]
    [TestCase("replay")]
    public async Task Command_AskedForHelp_GivesIt(string command)
    {
        var (exitCode, output, _) = await PixelProcess.RunAsync(command, "--help");
        Assert.That((exitCode, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Contain("Usage:").And.Contain("--"));
    }

    [TestCase("fly")]
    [TestCase("up", "--port", "70000")]
    [TestCase("up", "--port", "x")]
    [TestCase("up", "--layout", "round")]
    [TestCase("rows", "--limit", "0")]
    [TestCase("rows", "--format", "xml")]
    [TestCase("summarize")]
    [TestCase("summarize", "x.log", "--log-format", "iis")]
    [TestCase("summarize", "x.log", "--keys", "hits")]
    [TestCase("replay", "--from", "yesterday")]
    public async Task CommandLine_NotUnderstood_ExitsWithTwo(params string[] arguments)
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync(arguments);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Is.Not.Empty);
    }

    [TestCase("rows")]
    [TestCase("tables")]
    public async Task Command_WithoutBigQuery_SaysHowToGetOne(string command)
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync(command, "--bigquery", $"127.0.0.1:{FreePort.Take()}");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("pixel up").And.Contain("--bigquery"));
    }

    [Test]
    public async Task DeadLetters_WithoutDataFolder_NamesTheFlag()
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync("dead-letters", "--data", "/nowhere/at/all");
        Assert.That((exitCode, errors), Is.EqualTo((1, errors)));
        Assert.That(errors, Does.Contain("--data"));
    }
}
