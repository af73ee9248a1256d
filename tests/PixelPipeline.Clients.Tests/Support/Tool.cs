using System.Diagnostics;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>A program that others wrote and that may be installed here.</summary>
/// <param name="Name">As it is called on a command line.</param>
/// <param name="Hint">How to install it.</param>
internal sealed record Tool(string Name, string Hint)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Tool Gcloud { get; } = new("gcloud", "install the Google Cloud SDK, https://cloud.google.com/sdk/docs/install");

    public static Tool Bq { get; } = new("bq", "install the Google Cloud SDK, https://cloud.google.com/sdk/docs/install");

    public static Tool Node { get; } = new("node", "install Node.js 18 or later, https://nodejs.org/en/download");

    public static Tool Npm { get; } = new("npm", "install Node.js 18 or later with npm, https://nodejs.org/en/download");

    public static Tool Java { get; } = new("java", "install a Java runtime, 11 or later, https://adoptium.net");

    /// <summary>Where it is. Skips the test, with the reason, where it is missing.</summary>
    public string Require()
    {
        var found = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Ignore($"{Name} is not installed; {Hint}");
        }

        return found!;
    }

    /// <summary>Starts it, with its streams in our hands.</summary>
    /// <param name="arguments">Each as it is: no shell looks at them.</param>
    /// <param name="environment">Over this process's own.</param>
    /// <param name="folder">Where it runs.</param>
    public Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(Require(), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Each as it is: no shell looks at them.</param>
    /// <param name="environment">Over this process's own.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="input">Its standard input.</param>
    public async Task<ToolResult> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, string input = "")
    {
        using var process = Start(arguments, environment, folder);
        using var patience = new CancellationTokenSource(Patience);
        await using var impatient = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.That(patience.IsCancellationRequested, Is.False, $"{Name} did not end");
        return new ToolResult(process.ExitCode, await output, await errors);
    }
}
