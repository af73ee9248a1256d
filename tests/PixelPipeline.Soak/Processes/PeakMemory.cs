using System.Diagnostics;

namespace PixelPipeline.Soak.Processes;

/// <summary>The most memory that processes had resident, looked at once a second.</summary>
internal sealed class PeakMemory
{
    private readonly Dictionary<string, long> _peaks = [];

    /// <summary>Looks at a process, unless it has ended.</summary>
    public void Sample(string name, int? processId)
    {
        try
        {
            if (processId is { } id)
            {
                using var process = Process.GetProcessById(id);
                _peaks[name] = Math.Max(_peaks.GetValueOrDefault(name), process.WorkingSet64);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended just now: there is nothing to look at.
        }
    }

    /// <summary>The peak, such as <c>312 MB</c>.</summary>
    public string Of(string name) => $"{_peaks.GetValueOrDefault(name) / 1_000_000:N0} MB";

    public long BytesOf(string name) => _peaks.GetValueOrDefault(name);
}
