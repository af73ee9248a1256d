namespace PixelPipeline.Logs.Files;

/// <summary>Lets workers through in the order of their chunks. Once broken, it lets nobody through.</summary>
internal sealed class Turnstile
{
    private readonly object _monitor = new();
    private long _next;
    private bool _isBroken;

    /// <summary>Does something once all earlier chunks have done theirs. Short: the others wait.</summary>
    /// <param name="sequence">The chunk's place.</param>
    /// <param name="action">What is done.</param>
    /// <exception cref="OperationCanceledException">Another worker failed.</exception>
    public void Pass(long sequence, Action action)
    {
        lock (_monitor)
        {
            while (_next != sequence && !_isBroken)
            {
                Monitor.Wait(_monitor);
            }

            if (_isBroken)
            {
                throw new OperationCanceledException("Another part of the files could not be worked on.");
            }

            action();
            _next++;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Sends home whoever waits and comes.</summary>
    public void Break()
    {
        lock (_monitor)
        {
            _isBroken = true;
            Monitor.PulseAll(_monitor);
        }
    }
}
