using System.Numerics;

namespace PixelPipeline.Agents;

/// <summary>The signs that an agent has; at most 128 kinds.</summary>
internal struct SignSet
{
    private ulong _low;
    private ulong _high;

    /// <summary>Takes a sign in.</summary>
    public void Add(AgentSign sign)
    {
        if (sign < (AgentSign)64)
        {
            _low |= 1UL << (int)sign;
        }
        else
        {
            _high |= 1UL << ((int)sign - 64);
        }
    }

    /// <summary>Whether a sign is there.</summary>
    public readonly bool Has(AgentSign sign) =>
        sign < (AgentSign)64 ? (_low & (1UL << (int)sign)) != 0 : (_high & (1UL << ((int)sign - 64))) != 0;

    /// <summary>The first sign that is there of a part of the enumeration, both ends among them; null for none.</summary>
    public readonly AgentSign? First(AgentSign from, AgentSign to)
    {
        var low = _low & Mask((int)from, (int)to);
        if (low != 0)
        {
            return (AgentSign)BitOperations.TrailingZeroCount(low);
        }

        var high = _high & Mask((int)from - 64, (int)to - 64);
        return high == 0 ? null : (AgentSign)(64 + BitOperations.TrailingZeroCount(high));
    }

    /// <summary>The bits from one to another of a word, as far as they are in it.</summary>
    private static ulong Mask(int from, int to)
    {
        if (from > 63 || to < 0)
        {
            return 0;
        }

        return (ulong.MaxValue << Math.Max(from, 0)) & (ulong.MaxValue >> (63 - Math.Min(to, 63)));
    }
}
