using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Testing;

/// <summary>A real browser without a window, with one tab at a time. It takes any certificate.</summary>
internal abstract class WebBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _profile;
    private readonly Process _process;

    protected WebBrowser(string program, Func<string, string[]> arguments)
    {
        _profile = new TempFolder();
        _process = Process.Start(new ProcessStartInfo(program, arguments(_profile.Path)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>The browsers that tests run in, by the name of their Debian package.</summary>
    public static IReadOnlyList<string> Names { get; } = ["chromium", "firefox-esr"];

    /// <summary>Starts one; the test is skipped where it is not installed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">Firefox's own settings, such as <c>privacy.globalprivacycontrol.enabled</c>, to be switched on, or <c>name=1</c>.</param>
    public static Task<WebBrowser> StartAsync(string name, params string[] settings)
    {
        var program = $"/usr/bin/{name}";
        if (!File.Exists(program))
        {
            Assert.Ignore($"{name} is not installed (apt-get install {name})");
        }

        return name == "chromium" ? Chromium.LaunchAsync(program) : Firefox.LaunchAsync(program, settings);
    }

    /// <summary>Since <see cref="WatchAsync"/>: what pages wrote to the console, and what the browser had to say about them: errors, refusals by their policy.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Since <see cref="WatchAsync"/>: the addresses that pages asked for.</summary>
    public List<Uri> Requests { get; } = [];

    /// <summary>Begins to take down complaints and requests.</summary>
    public abstract Task WatchAsync();

    /// <summary>Shows pages as on a screen of this size, in the light or the dark; Firefox as it was started (<see cref="Firefox.Dark"/>).</summary>
    public abstract Task ShowAsAsync(int width, int height, bool isDark = false);

    /// <summary>The page as a PNG, down to its end.</summary>
    public abstract Task<byte[]> PhotographAsync();

    /// <summary>Goes to a page, and on once it has been asked for.</summary>
    public abstract Task OpenAsync(Uri page);

    /// <summary>As the browser's own button does.</summary>
    public abstract Task GoBackAsync();

    /// <summary>Closes the tab and opens an empty one.</summary>
    public abstract Task ReplaceTabAsync();

    /// <summary>The value of an expression in the page, awaited where it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression) =>
        JsonNode.Parse(await EvaluateToJsonAsync($"(async () => JSON.stringify(await ({expression})) || 'null')()"));

    /// <summary>Waits until an expression is true; a page that is just being replaced says nothing.</summary>
    public Task WaitAsync(string expression) => Eventually.IsTrueAsync(
        async () =>
        {
            try
            {
                return (await EvaluateAsync(expression))?.GetValueKind() == JsonValueKind.True;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        },
        expression);

    public virtual async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    /// <summary>The text that the promise of an expression gives.</summary>
    protected abstract Task<string> EvaluateToJsonAsync(string expression);

    /// <summary>What a line of the browser's standard error says, once it says so.</summary>
    protected async Task<string> ReadAddressAsync(Regex announcement)
    {
        using var patience = new CancellationTokenSource(Patience);
        Match match;
        do
        {
            match = announcement.Match(await _process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The browser ended."));
        }
        while (!match.Success);
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None); // or a full pipe would stop it
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return match.Groups[1].Value;
    }
}
