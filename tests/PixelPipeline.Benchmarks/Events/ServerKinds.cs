using System.Globalization;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>Starts what is measured, each with its defaults but for what it has to be told.</summary>
/// <param name="bigQuery">Where <see cref="ImmediateBigQuery"/> listens.</param>
internal sealed class ServerKinds(LoopbackPort bigQuery)
{
    private static readonly string Self = typeof(ServerKinds).Assembly.Location;

    // As dotnet build leaves it in the checkout, in the configuration of this program.
    private static readonly string Empty = Path.Combine(
        BuiltFiles.Checkout, "tests", "PixelPipeline.EmptyFunction", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "PixelPipeline.EmptyFunction.dll");

    /// <summary>Kestrel alone.</summary>
    public static Task<MeasuredServer> BareAsync(CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Take();
        return MeasuredServer.StartAsync("bare Kestrel", Self, port, [BareServer.Name, port.Text], new Dictionary<string, string>(), cancellationToken);
    }

    /// <summary>A BigQuery for the functions.</summary>
    public static Task<MeasuredServer> BigQueryAsync(LoopbackPort port, CancellationToken cancellationToken) =>
        MeasuredServer.StartAsync("BigQuery", Self, port, [ImmediateBigQuery.Name, port.Text], new Dictionary<string, string>(), cancellationToken);

    /// <summary>A function that does nothing, on the framework.</summary>
    public static Task<MeasuredServer> EmptyAsync(CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Take();
        return MeasuredServer.StartAsync("empty function", Empty, port, [], Served(port), cancellationToken);
    }

    /// <summary>The pixel's function.</summary>
    /// <param name="name">What the figures call it.</param>
    /// <param name="assembly">A build of it.</param>
    /// <param name="layout">The setting's value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<MeasuredServer> FunctionAsync(string name, string assembly, string layout, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Take();
        return MeasuredServer.StartAsync(name, assembly, port, [], Settings(port, layout), cancellationToken);
    }

    /// <summary>How many calls there were to BigQuery so far.</summary>
    public async Task<long> CallsAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        return long.Parse(await http.GetStringAsync(new Uri(bigQuery.Root, "calls"), cancellationToken), CultureInfo.InvariantCulture);
    }

    private Dictionary<string, string> Settings(LoopbackPort port, string layout) => new(Served(port))
    {
        ["FUNCTION_TARGET"] = "PixelPipeline.Functions.PixelFunction",
        [GoogleCloud.BigQuery.BigQueryEndpoint.EmulatorVariable] = bigQuery.Host,
        ["Pixel__Project"] = "local",
        ["Pixel__CreateTables"] = "false",
        ["Pixel__Layout"] = layout,
        ["Pixel__Dataset"] = layout, // which says to BigQuery what layout its tables have
    };

    private static Dictionary<string, string> Served(LoopbackPort port) => new() { ["PORT"] = port.Text, ["K_SERVICE"] = "pixel-function" };
}
