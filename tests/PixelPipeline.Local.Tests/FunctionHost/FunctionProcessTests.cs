using PixelPipeline.Local.FunctionHost;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.FunctionHost;

internal sealed class FunctionProcessTests
{
    [Test]
    [Platform(Exclude = "Win", Reason = "a link to a folder needs rights there")]
    public async Task Function_ThatCannotBeStartedForAWhile_IsStartedOnceItCan()
    {
        using var temp = new TempFolder();
        using var logs = new RecordingLogs();
        using var http = new HttpClient();
        var folder = Path.Combine(temp.Path, "function");
        Directory.CreateSymbolicLink(folder, AppContext.BaseDirectory);
        var options = OptionsOf(folder, temp);
        await using var function = await FunctionProcess.StartAsync(options, logs, CancellationToken.None);

        Directory.Delete(folder); // where the process is to be started
        _ = await StatusAsync(http, options, "end");
        await Eventually.IsTrueAsync(() => logs.Lines.Any(line => line.StartsWith("The function could not be started", StringComparison.Ordinal)), "a start failed");
        Directory.CreateSymbolicLink(folder, AppContext.BaseDirectory);

        await Eventually.IsTrueAsync(async () => await StatusAsync(http, options, "") == 404, "it serves again");
    }

    private static FunctionProcessOptions OptionsOf(string folder, TempFolder temp) => new()
    {
#pragma warning disable CS0436 // the runtime prescribes the type's name, which the product has, too: here it is this assembly's
        AssemblyPath = Path.Combine(folder, Path.GetFileName(typeof(StartupHook).Assembly.Location)),
        Port = FreePort.Take(),
        Target = "None",
        PidFile = Path.Combine(temp.Path, "function.pid"),
        Environment = new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location },
#pragma warning restore CS0436
    };

    private static async Task<int> StatusAsync(HttpClient http, FunctionProcessOptions options, string path)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{options.Port}/{path}"));
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0; // it ends, or does not listen
        }
    }
}
