using System.Diagnostics;
using System.Globalization;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The example of a function, run as its page says.</summary>
internal sealed class ExampleTests
{
    [Test]
    [Platform(Exclude = "Win", Reason = "The page's command is for a POSIX shell.")]
    public async Task TellHits_GivenThePagesMessage_TellsWhoDidWhat()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "README.md"));
        var curl = page.Split('\n').Single(l => l.StartsWith("curl ", StringComparison.Ordinal));
        var port = FreePort.Take();
        var start = new ProcessStartInfo("dotnet", [Assembly()]) { RedirectStandardOutput = true };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        using var function = Process.Start(start)!;
        try
        {
            var told = ReadUntilAsync(function.StandardOutput, "alice: click");
            await Shell.RunAsync($"{curl.Replace(":8082/", $":{port}/", StringComparison.Ordinal)} --retry 60 --retry-delay 1 --retry-connrefused --silent --fail");
            Assert.That(await told.WaitAsync(TimeSpan.FromSeconds(60)), Is.True);
        }
        finally
        {
            function.Kill(entireProcessTree: true);
        }
    }

    private static string Assembly() => Path.Combine(
        Repository.Root, "examples", "TellHits", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "TellHits.dll");

    private static async Task<bool> ReadUntilAsync(StreamReader output, string text)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line == text)
            {
                return true;
            }
        }

        return false;
    }
}
