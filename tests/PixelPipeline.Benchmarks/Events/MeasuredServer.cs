using System.Globalization;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>A server in a process of its own, and what the kernel says that the process used.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, which Linux fixes for what /proc tells

    private readonly ChildProcess _process;

    private MeasuredServer(string name, LoopbackPort port, ChildProcess process)
    {
        Name = name;
        Port = port;
        _process = process;
    }

    public string Name { get; }

    public LoopbackPort Port { get; }

    /// <summary>Processor time of all its threads so far, user and kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // The second field, the command's name, may hold anything but ends with the last parenthesis.
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>The most memory that it had resident so far, bytes.</summary>
    public long PeakBytes => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024)
        .Single();

    /// <summary>Starts <c>dotnet assembly arguments</c> and waits until it listens.</summary>
    public static async Task<MeasuredServer> StartAsync(
        string name, string assembly, LoopbackPort port, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(assembly, arguments, environment);
        var server = new MeasuredServer(name, port, process);
        try
        {
            await port.WaitUntilListeningAsync(process, cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose() => _process.Dispose();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
