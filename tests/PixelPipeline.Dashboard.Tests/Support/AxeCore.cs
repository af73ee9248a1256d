using System.Diagnostics;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>axe-core (https://github.com/dequelabs/axe-core), which looks for what keeps people from using a page; fetched by npm once a run.</summary>
internal static class AxeCore
{
    private const string Package = "axe-core@4";

    private static readonly Lazy<Task<string?>> Fetched = new(FetchAsync);

    /// <summary>What it finds that is serious or worse in the page that a browser shows, a line each; the test is skipped where it cannot be had.</summary>
    public static async Task<string> SeriousAsync(WebBrowser browser)
    {
        if (await Fetched.Value is not { } script)
        {
            Assert.Ignore($"npm install {Package} does not work here");
            return "";
        }

        await browser.EvaluateAsync($"(() => {{ if (!window.axe) {{ {script}\n }} return true; }})()");
        return (await browser.EvaluateAsync(
            """
            axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' ')}`))
            """))!.ToJsonString();
    }

    private static async Task<string?> FetchAsync()
    {
        using var folder = new TempFolder();
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder.Path, "--no-audit", "--no-fund", "--ignore-scripts", Package]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync(), npm.WaitForExitAsync());
            return npm.ExitCode == 0 ? await File.ReadAllTextAsync(Path.Combine(folder.Path, "node_modules", "axe-core", "axe.min.js")) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no npm
        }
    }
}
