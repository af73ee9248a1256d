using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Load;

/// <summary><c>pixel up</c> on free ports.</summary>
internal sealed class PixelUp : IDisposable
{
    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoopbackPort _port = LoopbackPort.Take();
    private readonly LoopbackPort _functionPort = LoopbackPort.Take();

    /// <summary>Starts it.</summary>
    /// <param name="files">The built commands.</param>
    /// <param name="dataFolder">Its data.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="elsewhere">A BigQuery that runs already; null for its own.</param>
    public PixelUp(BuiltFiles files, string dataFolder, string layout, LoopbackPort? elsewhere)
    {
        var own = LoopbackPort.Take();
        BigQuery = elsewhere ?? own;
        _process = ChildProcess.Start(
            files.Pixel,
            [
                "up", "--data", dataFolder, "--port", _port.Text, "--function-port", _functionPort.Text, "--layout", layout,
                .. elsewhere is { } host ? (string[])["--bigquery", host.Host] : ["--bigquery-port", own.Text],
            ],
            onLine: Take);
    }

    public LoopbackPort BigQuery { get; }

    public Uri Pixel => new(_port.Root, "pixel.png");

    public int ProcessId => _process.Id;

    /// <summary>The function's process, as the system lists it among the children; null where it does not.</summary>
    public int? FunctionProcessId
    {
        get
        {
            var list = $"/proc/{_process.Id}/task/{_process.Id}/children";
            return File.Exists(list) && File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..] ? int.Parse(child, System.Globalization.CultureInfo.InvariantCulture) : null;
        }
    }

    public bool HasExited => _process.Exited.IsCompleted;

    /// <summary>What it printed in the end.</summary>
    public string Lines => _process.Lines;

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_ready.Task, _process.Exited).WaitAsync(cancellationToken);
        if (!_ready.Task.IsCompleted)
        {
            throw new InvalidOperationException($"It ended:\n{_process.Lines}");
        }
    }

    public Task StopAsync() => _process.StopAsync();

    public void Dispose() => _process.Dispose();

    private void Take(string line)
    {
        if (line.Contains("Ctrl-C stops it.", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
