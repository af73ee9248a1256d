namespace PixelPipeline.Cli.Migrating;

/// <summary>What a migration has copied, or is to copy.</summary>
/// <param name="Read">Rows that were read.</param>
/// <param name="Copied">Events that were missing.</param>
/// <param name="Bytes">Their bytes as JSON.</param>
internal readonly record struct MigratedRows(long Read, long Copied, long Bytes)
{
    /// <summary>Both together: rows that were read twice count once.</summary>
    public MigratedRows And(MigratedRows later) => new(Math.Max(Read, later.Read), Copied + later.Copied, Bytes + later.Bytes);
}
