using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A dashboard on a free port, and a client of it.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    private readonly DashboardServer _server;

    private RunningDashboard(DashboardServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };
    }

    public HttpClient Http { get; }

    public static DashboardOptions Options(TimeProvider? time = null, TimeSpan? refresh = null, bool isGoogles = false, TimeSpan? pageWait = null, string zone = "UTC") => new()
    {
        Port = 0,
        Source = "127.0.0.1:9050",
        DatasetId = "pixels",
        BaseTable = "pixel",
        IsGoogles = isGoogles,
        Refresh = refresh ?? TimeSpan.FromSeconds(2),
        PageWait = pageWait ?? TimeSpan.FromSeconds(30), // a test that waits for a reading gets it
        TimeZone = DashboardOptions.FindTimeZone(zone)!,
        TimeProvider = time ?? new ManualTime(),
    };

    public static async Task<RunningDashboard> StartAsync(IAnswers answers, DashboardOptions? options = null, IPipelineHost? host = null) =>
        new(await DashboardServer.StartAsync(answers, options ?? Options(), NullLoggerFactory.Instance, CancellationToken.None, host));

    public Task<string> GetAsync(string path = "") => Http.GetStringAsync(path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await DisposeServerAsync();
    }

    /// <summary>Stops it while its client goes on.</summary>
    public async ValueTask DisposeServerAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _server.StopAsync(deadline.Token);
        await _server.DisposeAsync();
    }
}
