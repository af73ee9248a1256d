namespace PixelPipeline.Privacy;

/// <summary>How much a place holds on a person.</summary>
/// <param name="Records">Rows, or raw entries.</param>
/// <param name="Bytes">About how large they are: of rows as BigQuery counts them, of raw entries as they are stored once unpacked.</param>
/// <param name="Containers">Tables, partitions or files that they are in.</param>
public readonly record struct Holding(long Records, long Bytes, int Containers)
{
    /// <summary>Both together.</summary>
    public Holding And(Holding other) => new(Records + other.Records, Bytes + other.Bytes, Containers + other.Containers);
}
