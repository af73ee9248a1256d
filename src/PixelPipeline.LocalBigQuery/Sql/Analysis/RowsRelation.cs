namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The rows of VALUES, each a list of expressions of the columns' types.</summary>
internal sealed class RowsRelation(IReadOnlyList<IReadOnlyList<Bound>> rows) : Relation
{
    /// <inheritdoc/>
    public override string Definition(EngineWriter writer) => writer.Capture(w => w
        .AppendList("SELECT * FROM (VALUES ", rows, (v, row) => v.AppendList("(", row, (x, value) => x.Append(value)).Append(")"))
        .AppendList(") AS v(", Columns.Select((_, i) => $"c{i}"), (v, name) => v.Append(name)).Append(")"));
}
