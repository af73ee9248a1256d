namespace PixelPipeline.Soak.Processes;

/// <summary><c>pixel bigquery</c> on one port and one data folder, through stops and starts.</summary>
internal sealed class BigQueryProcess(BuiltFiles files, string dataFolder) : IAsyncDisposable
{
    private ChildProcess? _process;

    public LoopbackPort Port { get; } = LoopbackPort.Take();

    /// <summary>The process; null while there is none.</summary>
    public int? ProcessId => _process?.Id;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start(files.Pixel, ["bigquery", "--bigquery-port", Port.Text, "--data", dataFolder]);
        await Port.WaitUntilListeningAsync(_process, cancellationToken);
    }

    /// <summary>Ends it, by SIGTERM or by SIGKILL.</summary>
    public async Task StopAsync(bool kill)
    {
        await (kill ? _process!.KillAsync() : _process!.StopAsync());
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }
}
