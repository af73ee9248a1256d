using System.Text.Json;
using Microsoft.Extensions.Logging;
using PixelPipeline.Local.FunctionHost;

namespace PixelPipeline.Local;

/// <summary>
/// Tells, as the function does, which entries became no event rows, and keeps for ten minutes how many were ignored: these
/// are stored nowhere else.
/// </summary>
public sealed class DroppedEntries
{
    /// <summary>The category of what is told.</summary>
    public const string Category = "Entries";

    /// <summary>How long ignored entries are counted.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly DataFolder _data;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SortedDictionary<long, long> _ignored; // by Unix minute

    internal DroppedEntries(DataFolder data, TimeProvider time, ILoggerFactory logs)
    {
        _data = data;
        _time = time;
        _logger = logs.CreateLogger(Category);
        _ignored = Read(data);
    }

    /// <summary>How many entries the function ignored in the last ten minutes. Any process may ask.</summary>
    /// <param name="data">The pipeline's folder; it need not be there.</param>
    /// <param name="now">The present, UTC.</param>
    /// <exception cref="IOException">What was kept cannot be read.</exception>
    public static long IgnoredLately(DataFolder data, DateTimeOffset now) => Read(data).Where(i => IsLate(i.Key, now)).Sum(i => i.Value);

    /// <summary>Takes what the function told; one call at a time.</summary>
    internal void Take(FunctionLogLine line)
    {
        _logger.LogInformation("{Message}", line.Message);
        if (line.Ignored == 0)
        {
            return;
        }

        var now = _time.GetUtcNow();
        var minute = now.ToUnixTimeSeconds() / 60;
        _ignored[minute] = _ignored.GetValueOrDefault(minute) + line.Ignored;
        foreach (var old in _ignored.Keys.Where(m => !IsLate(m, now)).ToList())
        {
            _ignored.Remove(old);
        }

        Write();
    }

    private static bool IsLate(long minute, DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(minute * 60) > now - Lately - TimeSpan.FromMinutes(1);

    private static SortedDictionary<long, long> Read(DataFolder data)
    {
        try
        {
            return File.Exists(data.IgnoredFile) ? JsonSerializer.Deserialize<SortedDictionary<long, long>>(File.ReadAllBytes(data.IgnoredFile)) ?? [] : [];
        }
        catch (JsonException)
        {
            return []; // a count for a glance: not worth failing for
        }
    }

    // Whoever reads sees the old counts or these, whole.
    private void Write()
    {
        try
        {
            var next = _data.IgnoredFile + ".next";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(_ignored));
            File.Move(next, _data.IgnoredFile, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(e, "How many entries were ignored cannot be kept");
        }
    }
}
