using System.Diagnostics;
using System.Globalization;

namespace PixelPipeline.Local.FunctionHost;

/// <summary>
/// A function whose parent was killed lives on and holds its port. Its id and start time are kept in the data folder,
/// so that the next run on that folder can end it, and nothing else that got the id meanwhile.
/// </summary>
internal static class OrphanedFunction
{
    /// <summary>Milliseconds: each process works a start time out anew from the boot time, and the results waver.</summary>
    private const long ClockTolerance = 1_000;

    public static void Remember(string pidFile, Process process) =>
        File.WriteAllText(pidFile, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartOf(process)}"));

    public static void End(string pidFile)
    {
        if (!File.Exists(pidFile) || File.ReadAllText(pidFile).Split(' ') is not [var id, var start]
            || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            || !long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var startedAt))
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            if (Math.Abs(StartOf(process) - startedAt) <= ClockTolerance)
            {
                process.Kill();
                process.WaitForExit();
            }
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
        }
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
}
