using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Local.Storage;

/// <summary>An object that is not delivered yet. One attempt at a time, so that two contents of it cannot overtake each other.</summary>
internal sealed class LandedObject(BucketObject first)
{
    /// <summary>What it was when it was last looked at.</summary>
    public BucketObject Seen { get; private set; } = first;

    /// <summary>Whether it was the same in two looks, so that nobody is writing it any more.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>How often this content was refused.</summary>
    public int Failures { get; private set; }

    /// <summary>No attempt is made before.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>The attempt that is under way or has ended, and what it delivers.</summary>
    public (BucketObject Object, Task<PushResult?> Push)? Attempt { get; set; }

    /// <summary>Takes what another look found. Other content begins anew.</summary>
    public void Look(BucketObject found)
    {
        IsSettled = found == Seen;
        if (!IsSettled)
        {
            Seen = found;
            Failures = 0;
            NotBefore = default;
        }
    }

    /// <summary>Counts a refusal of what is still its content.</summary>
    public void Refuse(DateTimeOffset notBefore)
    {
        Failures++;
        NotBefore = notBefore;
    }
}
