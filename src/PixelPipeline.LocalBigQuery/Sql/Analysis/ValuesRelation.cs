namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Rows that are known before the query runs.</summary>
internal sealed class ValuesRelation(IReadOnlyList<RelationColumn> columns, IReadOnlyList<object?[]> rows) : Relation
{
    /// <summary>With its columns.</summary>
    public ValuesRelation Complete()
    {
        Columns.AddRange(columns);
        return this;
    }

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        var names = string.Join(", ", columns.Select((_, i) => $"c{i}"));
        var values = rows.Select(row => $"({string.Join(", ", row.Select((value, i) => Literals.Of(value, columns[i].Type)))})").ToList();
        return values.Count == 0
            ? $"SELECT {string.Join(", ", columns.Select((c, i) => $"{Literals.Of(null, c.Type)} AS c{i}"))} WHERE FALSE"
            : $"SELECT * FROM (VALUES {string.Join(", ", values)}) AS v({names})";
    }
}
