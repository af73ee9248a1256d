using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.PubSub;

/// <summary>Brings a subscription's state to the disk, and removes what nothing on the disk needs any more and is past its time.</summary>
internal sealed class SubscriptionSaver(
    SubscriptionFile file,
    SubscriptionState saved,
    OutstandingMessages outstanding,
    RawCopyRetention retention,
    ILogger log)
{
    private SubscriptionState _saved = saved;

    /// <summary>
    /// Saves what changed. A disk that is full is no reason to stop delivering: at worst, more is delivered again.
    /// </summary>
    public void Save()
    {
        if (outstanding.TakeChange() is { } state)
        {
            try
            {
                file.Save(state);
                _saved = state;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                outstanding.Unsaved();
                log.LogError(e, "The positions of the subscription could not be saved");
                return;
            }
        }

        retention.RemoveExpired(_saved);
    }
}
