using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The elements of an array as rows; those of an array of structs have a column a field.</summary>
internal sealed class UnnestRelation : Relation
{
    private readonly Bound _array;
    private readonly int _fields;

    public UnnestRelation(Bound array, string? alias, string? offset)
    {
        _array = array;
        var element = array.Type.Element!;
        _fields = element.IsStruct ? element.Fields.Count : 0;
        if (element.IsStruct)
        {
            Columns.AddRange(element.Fields.Select(f => new RelationColumn(f.Name ?? "", f.Type)));
        }
        else
        {
            Columns.Add(new RelationColumn(alias ?? "", element));
        }

        if (offset is not null)
        {
            Columns.Add(new RelationColumn(offset, SqlType.Int64));
        }
    }

    /// <summary>Whether its elements are no structs.</summary>
    public bool IsOfValues => _fields == 0;

    /// <inheritdoc/>
    public override bool IsShared => false;

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        var array = writer.Capture(w => w.Append(_array));
        var columns = Columns.Select((_, i) => i < _fields ? $"struct_extract(u.e, 'f{i}') AS c{i}" : i == Columns.Count - 1 && (i > 0 || _fields > 0) ? $"u.o AS c{i}" : $"u.e AS c{i}");
        return $"SELECT {string.Join(", ", columns)} FROM (SELECT unnest({array}) AS e, CAST(generate_subscripts({array}, 1) - 1 AS BIGINT) AS o) AS u";
    }
}

/// <summary>A share of a relation's rows, drawn by chance.</summary>
internal sealed class SampleRelation : Relation
{
    private readonly RelationUse _of;
    private readonly double _percent;

    public SampleRelation(RelationUse of, double percent)
    {
        (_of, _percent) = (of, percent);
        Columns.AddRange(of.Relation.Columns.Select(c => new RelationColumn(c.Name, c.Type) { IsHidden = c.IsHidden }));
    }

    /// <inheritdoc/>
    public override string Definition(EngineWriter writer)
    {
        var list = writer.Capture(w => w.AppendList("SELECT ", UsedColumns, (v, i) => v.Append(_of.Column(i, default)).Append($" AS c{i}")).Append(UsedColumns.Any() ? "" : "1"));
        return FormattableString.Invariant($"{list} FROM {writer.Capture(w => w.AppendUse(_of))} WHERE random() * 100 < {_percent:R}");
    }
}
