using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>One SELECT of the SQL: a whole GoogleSQL SELECT, or its layer that groups or that computes windows.</summary>
internal sealed class SelectRelation : Relation
{
    private readonly List<Bound> _outputs = [];

    /// <summary>Where its rows come from; null for one row of nothing.</summary>
    public FromClause? From { get; init; }

    public Bound? Where { get; init; }

    public bool Distinct { get; init; }

    /// <summary>Whether it makes one row of many, with or without keys.</summary>
    public bool IsGrouped { get; init; }

    public IReadOnlyList<Bound> GroupBy { get; init; } = [];

    /// <summary>The keys of each grouping, by number, where there is more than one: ROLLUP, CUBE, GROUPING SETS.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Groupings { get; init; }

    public IReadOnlyList<OrderKey> OrderBy { get; set; } = [];

    public Bound? Limit { get; set; }

    public Bound? Offset { get; set; }

    /// <summary>The expression behind each column.</summary>
    public IReadOnlyList<Bound> Outputs => _outputs;

    /// <summary>Adds a column and gives its index.</summary>
    public int Add(string name, Bound output)
    {
        Columns.Add(new RelationColumn(name, output.Type));
        _outputs.Add(output);
        return _outputs.Count - 1;
    }

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        if (Distinct)
        {
            UseAll();
        }

        // FROM is written last: only then is known which of its columns are read.
        var list = writer.Capture(WriteList);
        var where = writer.Capture(w => WriteClause(w, " WHERE ", Where));
        var group = writer.Capture(WriteGroups);
        var order = writer.Capture(WriteOrder);
        var from = writer.Capture(w => From?.Write(w.Append(" FROM ")));
        return new StringBuilder(Distinct ? "SELECT DISTINCT " : "SELECT ").Append(list).Append(from).Append(where).Append(group).Append(order).ToString();
    }

    private void WriteList(EngineWriter writer)
    {
        var used = UsedColumns.ToList();
        writer.AppendList("", used, (w, i) => w.Append(_outputs[i]).Append($" AS c{i}"));
        writer.Append(used.Count > 0 ? "" : IsGrouped ? "count(*)" : "1"); // an aggregate makes it one row
    }

    private void WriteGroups(EngineWriter writer)
    {
        if (Groupings is not null)
        {
            writer.AppendList(" GROUP BY GROUPING SETS (", Groupings, (w, keys) => w.AppendList("(", keys, (v, k) => v.Append(GroupBy[k])).Append(")")).Append(")");
        }
        else
        {
            writer.AppendList(GroupBy.Count == 0 ? "" : " GROUP BY ", GroupBy, (w, key) => w.Append(key is Constant ? "(SELECT " : "").Append(key).Append(key is Constant ? ")" : ""));
        }
    }

    private void WriteOrder(EngineWriter writer)
    {
        writer.AppendList(OrderBy.Count == 0 ? "" : " ORDER BY ", OrderBy, (w, key) => w.AppendKey(key));
        WriteClause(writer, " LIMIT ", Limit);
        WriteClause(writer, " OFFSET ", Offset);
    }

    private static void WriteClause(EngineWriter writer, string keyword, Bound? clause)
    {
        if (clause is not null)
        {
            writer.Append(keyword).Append(clause);
        }
    }
}
