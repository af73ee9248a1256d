using System.Runtime.InteropServices;

namespace PixelPipeline.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the command to end, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const int InterruptedExitCode = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(InterruptedExitCode);
        }

        _source.Cancel();
    }
}
