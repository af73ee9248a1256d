namespace PixelPipeline.Soak.Oracle;

/// <summary>What a decision is about; each stream of decisions is independent of the others.</summary>
internal enum Decisions
{
    Event,
    Delivery,
    Duplicate,
    Order,
    BigQueryCall,
    Delay,
    Disturbance,
}

/// <summary>Decisions that depend on the seed, a stream and a number alone, whatever the threads do: SplitMix64.</summary>
internal struct Dice
{
    private ulong _state;

    public Dice(int seed, Decisions stream, long number) =>
        _state = Mix(Mix(((ulong)(uint)seed << 8) + (ulong)stream) ^ (ulong)number);

    /// <summary>A number of at least 0 and less than the bound.</summary>
    public int Next(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        return (int)(Mix(_state) >> 33) % bound;
    }

    public bool Chance(int inTenThousand) => Next(10_000) < inTenThousand;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
