using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What stands after FROM. A closed family.</summary>
internal abstract record FromClause
{
    public abstract void Write(EngineWriter writer);
}

/// <summary>One relation.</summary>
internal sealed record FromRelation(RelationUse Use) : FromClause
{
    /// <inheritdoc/>
    public override void Write(EngineWriter writer) => writer.AppendUse(Use);
}

/// <summary>Two joined.</summary>
internal sealed record FromJoin(FromClause Left, FromClause Right, JoinKind Kind, Bound? On) : FromClause
{
    /// <inheritdoc/>
    public override void Write(EngineWriter writer)
    {
        // An array on the right may be a column of the left, which is to be known before the left is written.
        var on = writer.Capture(w =>
        {
            if (On is not null)
            {
                w.Append(" ON ").Append(On);
            }
        });
        var right = writer.Capture(Right.Write);
        Left.Write(writer);
        var isArray = Right is FromRelation { Use.Relation: UnnestRelation };
        writer.Append(Kind switch
        {
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            JoinKind.Inner => " INNER JOIN ",
            _ => " CROSS JOIN ",
        });
        writer.Append(isArray ? "LATERAL " : Right is FromJoin ? "(" : "").Append(right).Append(Right is FromJoin ? ")" : "");
        writer.Append(on.Length == 0 && Kind is not JoinKind.Cross ? " ON TRUE" : on);
    }
}
