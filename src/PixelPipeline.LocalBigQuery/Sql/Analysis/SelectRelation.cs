using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

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
    public override string Definition(SqlWriter writer)
    {
        if (Distinct)
        {
            UseAll();
        }

        // FROM is written last: only then is known which of its columns are read.
        var list = writer.Capture(WriteList);
        var where = writer.Capture(w => WriteClause(w, " WHERE ", Where));
        var group = writer.Capture(w => w.AppendList(GroupBy.Count == 0 ? "" : " GROUP BY ", GroupBy, (w, key) => w.AppendKey(key)));
        var order = writer.Capture(WriteOrder);
        var from = writer.Capture(w => From?.Write(w.Append(" FROM ")));
        return new StringBuilder(Distinct ? "SELECT DISTINCT " : "SELECT ").Append(list).Append(from).Append(where).Append(group).Append(order).ToString();
    }

    private void WriteList(SqlWriter writer)
    {
        var used = UsedColumns.ToList();
        writer.AppendList("", used, (w, i) =>
        {
            _outputs[i].Write(w);
            w.Append($" AS c{i}");
        });
        writer.Append(used.Count > 0 ? "" : IsGrouped ? "count(*)" : "1"); // an aggregate makes it one row
    }

    private void WriteOrder(SqlWriter writer)
    {
        writer.AppendList(OrderBy.Count == 0 ? "" : " ORDER BY ", OrderBy, (w, key) => key.Write(w));
        WriteClause(writer, " LIMIT ", Limit);
        WriteClause(writer, " OFFSET ", Offset);
    }

    private static void WriteClause(SqlWriter writer, string keyword, Bound? clause)
    {
        if (clause is not null)
        {
            clause.Write(writer.Append(keyword));
        }
    }
}

/// <summary>One key of an ORDER BY. NULL sorts first ascending and last descending unless said otherwise, as in SQLite.</summary>
internal sealed record OrderKey(Bound Value, bool Descending, bool? NullsFirst)
{
    /// <summary>The SQL, in the parts of a <see cref="Composite"/>. NaN, a text in SQLite, sorts after NULL and before all numbers.</summary>
    public IReadOnlyList<object> Parts => Value.Type == SqlType.Float64
        ? ["CASE typeof(", Value, ") WHEN 'null' THEN NULL WHEN 'text' THEN 0 ELSE 1 END", Direction, ", ", Value, Direction]
        : [Value, Value.Type == SqlType.Numeric ? Collation.Numeric : "", Direction];

    public void Write(SqlWriter writer) => new Composite(Value.Type, Value.Position, CompositeRole.Scalar, Parts).Write(writer);

    private string Direction => (Descending ? " DESC" : "") + NullsFirst switch { true => " NULLS FIRST", false => " NULLS LAST", _ => "" };
}

/// <summary>What stands after FROM. A closed family.</summary>
internal abstract record FromClause
{
    public abstract void Write(SqlWriter writer);
}

/// <summary>One relation.</summary>
internal sealed record FromRelation(RelationUse Use) : FromClause
{
    public override void Write(SqlWriter writer) => writer.AppendUse(Use);
}

/// <summary>Two joined.</summary>
internal sealed record FromJoin(FromClause Left, FromClause Right, JoinKind Kind, Bound? On) : FromClause
{
    public override void Write(SqlWriter writer)
    {
        var on = writer.Capture(w => On?.Write(w.Append(" ON ")));
        Left.Write(writer);
        writer.Append(Kind switch { JoinKind.Left => " LEFT JOIN ", JoinKind.Inner => " INNER JOIN ", _ => " CROSS JOIN " });
        writer.Append(Right is FromJoin ? "(" : "");
        Right.Write(writer);
        writer.Append(Right is FromJoin ? ")" : "").Append(on);
    }
}
