using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The rows of several relations, united, or those in all of them or in the first alone, each with its columns brought to the common types.</summary>
internal sealed class SetRelation(IReadOnlyList<SetArm> arms, SetOperator operation) : Relation
{
    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        if (operation != SetOperator.UnionAll)
        {
            UseAll();
        }

        var used = UsedColumns.ToList();
        var between = operation switch
        {
            SetOperator.UnionAll => " UNION ALL ",
            SetOperator.UnionDistinct => " UNION ",
            SetOperator.IntersectDistinct => " INTERSECT ",
            _ => " EXCEPT ",
        };
        return string.Join(between, arms.Select(arm => writer.Capture(w => arm.Write(w, used))));
    }
}

/// <summary>One side of a UNION and its kin.</summary>
internal sealed record SetArm(RelationUse Use, IReadOnlyList<Bound> Outputs)
{
    /// <summary>Its SELECT, of these columns.</summary>
    public void Write(EngineWriter writer, IReadOnlyList<int> used)
    {
        writer.AppendList("SELECT ", used, (w, i) => w.Append(Outputs[i]).Append($" AS c{i}"));
        writer.Append(used.Count == 0 ? "1 FROM " : " FROM ").AppendUse(Use);
    }
}

/// <summary>A table of WITH RECURSIVE: the rows to begin with, and those that follow from the last ones, until none do.</summary>
internal sealed class RecursiveRelation : Relation
{
    public SetArm? First { get; set; }

    public SetArm? Next { get; set; }

    public bool Distinct { get; set; }

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override string ColumnNames => $"({string.Join(", ", Columns.Select((_, i) => $"c{i}"))})";

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        UseAll();
        var all = Enumerable.Range(0, Columns.Count).ToList();
        return $"{writer.Capture(w => First!.Write(w, all))} {(Distinct ? "UNION" : "UNION ALL")} {writer.Capture(w => Next!.Write(w, all))}";
    }
}
