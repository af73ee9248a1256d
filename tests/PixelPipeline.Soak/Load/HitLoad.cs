using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PixelPipeline.Soak.Load;

/// <summary>Sends hits at a fixed rate, however long the answers take.</summary>
internal sealed class HitLoad(LoadOptions options, Uri pixel) : IDisposable
{
    private const int Users = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false, ActivityHeadersPropagator = null });
    private readonly ConcurrentDictionary<string, int> _answers = [];
    private readonly int[] _microseconds = new int[options.Hits];
    private int _answered;

    /// <summary>How many hits have an answer, or none for good.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>How often which answer came, such as <c>200</c>.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>The time that a share of all answers took at most.</summary>
    public TimeSpan Percentile(double share)
    {
        var sorted = _microseconds.Order().ToArray();
        return TimeSpan.FromMicroseconds(sorted[(int)((sorted.Length - 1) * share)]);
    }

    /// <summary>Sends all hits and waits for their answers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < options.Hits;)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            for (var due = Math.Min(options.Hits, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * options.HitsPerSecond)); sent < due; sent++)
            {
                var number = sent;
                _ = Task.Run(() => HitAsync(number, cancellationToken), CancellationToken.None);
            }
        }

        while (Answered < options.Hits)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task HitAsync(int number, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        string answer;
        try
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"{pixel}?user_id=user{number % Users}&type=load&order_id=ix.{number}.");
            using var response = await _http.GetAsync(url, cancellationToken);
            answer = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            answer = e.GetType().Name;
        }

        _microseconds[number] = (int)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _answered);
    }
}
