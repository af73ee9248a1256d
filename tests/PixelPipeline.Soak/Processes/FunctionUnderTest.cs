using System.Net;
using PixelPipeline.Soak.Checking;

namespace PixelPipeline.Soak.Processes;

/// <summary>The built function as a process, started again after each end, as the cloud does.</summary>
internal sealed class FunctionUnderTest(BuiltFiles files, IReadOnlyDictionary<string, string> settings, Violations violations) : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _probe = new();
    private readonly List<FunctionLife> _lives = [];
    private readonly LoopbackPort _port = LoopbackPort.Take();
    private FunctionLife? _life;
    private ChildProcess? _process;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => _port.Root;

    /// <summary>The present life, or the last one.</summary>
    public FunctionLife Life => Volatile.Read(ref _life)!;

    public int Lives => _lives.Count;

    public int TotalsLines => _lives.Sum(l => l.TotalsLines);

    /// <summary>The process; null while there is none.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>What the last process printed in the end.</summary>
    public string Lines => _process?.Lines ?? "";

    /// <summary>Completes when the function serves.</summary>
    public Task WhenReady(CancellationToken cancellationToken) => Volatile.Read(ref _ready).Task.WaitAsync(cancellationToken);

    /// <summary>Starts it; starts it again where the start fails, which a fault of BigQuery may do.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(settings)
        {
            ["K_SERVICE"] = "pixel-function",
            ["PORT"] = _port.Text,
            ["FUNCTION_TARGET"] = "PixelPipeline.Functions.PixelFunction",
        };
        for (var attempt = 1; ; attempt++)
        {
            var life = new FunctionLife(_lives.Count + 1, violations);
            _lives.Add(life);
            Volatile.Write(ref _life, life);
            _process = ChildProcess.Start(files.Function, [], environment, life.Take);
            if (await IsReadyAsync(_process, cancellationToken))
            {
                _ready.TrySetResult();
                return;
            }

            if (attempt == 5)
            {
                throw new InvalidOperationException($"The function does not start:\n{_process.Lines}");
            }
        }
    }

    /// <summary>Ends it, by SIGTERM or by SIGKILL.</summary>
    public async Task EndAsync(bool kill)
    {
        Volatile.Write(ref _ready, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_process is null)
        {
            return;
        }

        if (_process.Exited.IsCompleted)
        {
            violations.Add($"The function ended by itself:\n{_process.Lines}");
        }

        await (kill ? _process.KillAsync() : _process.StopAsync());
        if (!kill)
        {
            Life.Stopped();
        }

        Life.CheckEnd();
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _probe.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> IsReadyAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        while (!process.Exited.IsCompleted)
        {
            try
            {
                using var answer = await _probe.GetAsync(new Uri(Address, "robots.txt"), cancellationToken);
                return answer.StatusCode == HttpStatusCode.NotFound; // what the functions framework answers here
            }
            catch (HttpRequestException)
            {
                await Task.WhenAny(process.Exited, Task.Delay(ProbeInterval, cancellationToken)); // not listening yet
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return false;
    }
}
