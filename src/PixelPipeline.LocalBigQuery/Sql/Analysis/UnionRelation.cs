namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The rows of several relations, each with its columns brought to the common types.</summary>
internal sealed class UnionRelation(IReadOnlyList<UnionArm> arms, bool distinct) : Relation
{
    /// <inheritdoc/>
    public override string Definition(SqlWriter writer)
    {
        if (distinct)
        {
            UseAll();
        }

        var used = UsedColumns.ToList();
        return string.Join(distinct ? " UNION " : " UNION ALL ", arms.Select(arm => writer.Capture(w =>
        {
            w.AppendList("SELECT ", used, (w, i) =>
            {
                arm.Outputs[i].Write(w);
                w.Append($" AS c{i}");
            });
            w.Append(used.Count == 0 ? "1 FROM " : " FROM ").AppendUse(arm.Use);
        })));
    }
}

/// <summary>One side of a UNION.</summary>
internal sealed record UnionArm(RelationUse Use, IReadOnlyList<Bound> Outputs);
