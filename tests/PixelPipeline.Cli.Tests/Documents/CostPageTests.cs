using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The costs that the page shows are those that the command works out.</summary>
internal sealed class CostPageTests
{
    [TestCase("1000000")]
    [TestCase("100000000")]
    public async Task DeployingPage_AgainstTheCommand_ShowsItsOutput(string events)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "deploying.md"));
        var (exitCode, output, errors) = await PixelProcess.RunAsync("cost", "--events", events);

        Assert.That(exitCode, Is.Zero, errors);
        var rows = output.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0);
        Assert.That(page, Does.Contain($"$ ./pixel cost --events {events}\n{string.Join('\n', rows)}\n```"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("many")]
    public async Task Events_ThatAreNoNumberOfThem_AreNotUnderstood(string events) =>
        Assert.That((await PixelProcess.RunAsync("cost", "--events", events)).ExitCode, Is.EqualTo(2));
}
