using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The costs that the page shows are those that the command works out.</summary>
internal sealed class CostPageTests
{
    [TestCase("deploying.md", "--events 1000000")]
    [TestCase("deploying.md", "--events 100000000")]
    [TestCase("direct.md", "--events 100000000 --mode direct")]
    public async Task Page_AgainstTheCommand_ShowsItsOutput(string name, string options)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", name));
        var (exitCode, output, errors) = await InProcess.RunAsync(["cost", .. options.Split(' ')]);

        Assert.That(exitCode, Is.Zero, errors);
        var rows = output.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0);
        Assert.That(page, Does.Contain($"$ ./pixel cost {options}\n{string.Join('\n', rows)}\n```"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("many")]
    public async Task Events_ThatAreNoNumberOfThem_AreNotUnderstood(string events) =>
        Assert.That((await InProcess.RunAsync("cost", "--events", events)).ExitCode, Is.EqualTo(2));
}
