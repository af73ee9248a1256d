namespace PixelPipeline.Logs.Files;

/// <summary>Lets workers through one after the other, in the order of their chunks. Safe for concurrent use.</summary>
public sealed class Turnstile
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TaskCompletionSource> _waiting = [];
    private long _next;

    /// <summary>
    /// Does something once all earlier chunks have done theirs. Where it throws, nobody comes through any more: whoever
    /// works on the other chunks has to be cancelled.
    /// </summary>
    /// <param name="sequence">The chunk's place, from 0 on.</param>
    /// <param name="action">What is done; the others wait for it.</param>
    /// <param name="cancellationToken">Ends the wait, but not the action.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask PassAsync(long sequence, Func<ValueTask> action, CancellationToken cancellationToken)
    {
        if (Wait(sequence) is { } turn)
        {
            await turn.WaitAsync(cancellationToken);
        }

        await action();
        LetNextIn();
    }

    private Task? Wait(long sequence)
    {
        lock (_lock)
        {
            if (sequence == _next)
            {
                return null;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(sequence, turn);
            return turn.Task;
        }
    }

    private void LetNextIn()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            _waiting.Remove(++_next, out next);
        }

        next?.SetResult();
    }
}
