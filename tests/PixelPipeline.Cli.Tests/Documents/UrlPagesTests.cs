using System.Text.RegularExpressions;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>What the pages about the page script and mails show is what <c>pixel url</c> prints.</summary>
internal sealed partial class UrlPagesTests
{
    [TestCase("page-script.md")]
    [TestCase("mail.md")]
    public async Task Page_CommandWithItsOutput_ShowsWhatIsPrinted(string name)
    {
        var example = Examples().Match(await PageAsync(name));
        Assert.That(example.Success, name);
        var (exitCode, output, errors) = await InProcess.RunAsync(example.Groups["command"].Value.Split(' ')[1..]);
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain(example.Groups["output"].Value.Trim()));
    }

    [Test]
    public async Task MailPage_Tools_AreThoseOfTheCommand()
    {
        var page = await PageAsync("mail.md");
        foreach (var tool in MailTool.All)
        {
            var row = page.Split('\n').SingleOrDefault(l => l.StartsWith($"| `{tool.Name}` |", StringComparison.Ordinal))?.Replace("\\|", "|", StringComparison.Ordinal);
            Assert.That(row, Does.Contain(tool.User ?? "--user").And.Contain(tool.Message ?? "random"), tool.Name);
        }
    }

    private static Task<string> PageAsync(string name) => File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", name));

    [GeneratedRegex("```sh\n(?<command>\\./pixel [^\n]+)\n```\n\n```html\n(?<output>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
