using Microsoft.Extensions.Logging;
using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// Delivers each object of a folder to the function: look by look, what has landed and is whole, until it is
/// acknowledged. Every object counts, as in the cloud; the function passes over those that are none of its business. Not
/// safe for concurrent use: attempts run by themselves, and a look takes in how they ended.
/// </summary>
internal sealed class ObjectDeliveries(
    BucketFolder folder, DeliveredObjects delivered, ObjectPush push, LogDropOptions options, TimeProvider time, ILogger log)
{
    private readonly Dictionary<string, LandedObject> _landed = [];

    /// <summary>Ends when every attempt that is under way has; never fails.</summary>
    public Task AttemptsEndAsync() =>
        Task.WhenAll(_landed.Values.Select(l => l.Attempt?.Push ?? Task.FromResult<PushResult?>(null))).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Takes in what has ended, looks at the folder, begins what is due, and saves.</summary>
    /// <param name="stopping">Begins no further push.</param>
    /// <param name="abort">Breaks off pushes under way.</param>
    /// <exception cref="IOException">The folder cannot be read, or the state not be written. The next look may do better.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Look(CancellationToken stopping, CancellationToken abort)
    {
        TakeResults();
        var there = new HashSet<string>();
        foreach (var found in folder.Objects())
        {
            there.Add(found.Name.Text);
            Look(found);
        }

        Forget(there);
        foreach (var landed in _landed.Values.Where(IsDue))
        {
            landed.Attempt = (landed.Seen, push.PushAsync(landed.Seen, stopping, abort));
        }

        delivered.Save();
    }

    /// <summary>Takes in what has ended since the last look, and saves.</summary>
    /// <exception cref="IOException">The state cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Finish()
    {
        TakeResults();
        delivered.Save();
    }

    private void Look(BucketObject found)
    {
        if (_landed.TryGetValue(found.Name.Text, out var landed))
        {
            landed.Look(found);
        }
        else if (!delivered.Contains(found))
        {
            _landed.Add(found.Name.Text, new LandedObject(found));
        }
    }

    private void Forget(HashSet<string> there)
    {
        foreach (var (name, landed) in _landed)
        {
            if (landed.Attempt is null && (!there.Contains(name) || delivered.Contains(landed.Seen)))
            {
                _landed.Remove(name);
            }
        }

        delivered.KeepOnly(there);
    }

    private bool IsDue(LandedObject landed) => landed.IsSettled && landed.Attempt is null && landed.NotBefore <= time.GetUtcNow();

    private void TakeResults()
    {
        foreach (var landed in _landed.Values)
        {
            if (landed.Attempt is { Push.IsCompleted: true } attempt)
            {
                landed.Attempt = null;
                Take(landed, attempt.Object, attempt.Push);
            }
        }
    }

    private void Take(LandedObject landed, BucketObject pushed, Task<PushResult?> push)
    {
        if (push.IsFaulted)
        {
            log.LogError(push.Exception, "{Object} could not be delivered", pushed.Name);
            Refuse(landed, pushed, "failed");
        }
        else if (push.IsCompletedSuccessfully && push.Result is { Outcome: PushOutcome.Acknowledged })
        {
            delivered.Add(pushed);
        }
        else if (push.IsCompletedSuccessfully && push.Result is { Outcome: PushOutcome.Refused } refused)
        {
            Refuse(landed, pushed, refused.Status);
        }
    }

    private void Refuse(LandedObject landed, BucketObject pushed, string status)
    {
        if (pushed == landed.Seen) // other content has its first attempt before it
        {
            var pause = PauseAfter(landed.Failures + 1);
            landed.Refuse(time.GetUtcNow() + pause);
            log.LogWarning("The log file function refused {Object} with {Status}; it is delivered again in {Pause:N0} s", pushed.Name, status, pause.TotalSeconds);
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        var doubled = options.MinBackoff * Math.Pow(2, Math.Min(failures - 1, 30));
        return doubled < options.MaxBackoff ? doubled : options.MaxBackoff;
    }
}
