namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>A type: a scalar, an ARRAY with its element's type, or a STRUCT with its fields. Equal when they are the same all through.</summary>
internal sealed class DataType : IEquatable<DataType>
{
    private static readonly DataType[] Scalars = [.. Enum.GetValues<SqlType>().Select(kind => new DataType(kind, null, []))];

    private DataType(SqlType kind, DataType? element, IReadOnlyList<StructField> fields) => (Kind, Element, Fields) = (kind, element, fields);

    public SqlType Kind { get; }

    /// <summary>Of an array.</summary>
    public DataType? Element { get; }

    /// <summary>Of a struct.</summary>
    public IReadOnlyList<StructField> Fields { get; }

    public bool IsArray => Kind == SqlType.Array;

    public bool IsStruct => Kind == SqlType.Struct;

    /// <summary>Whether its values can be compared, grouped and made distinct.</summary>
    public bool IsComparable => Kind is not (SqlType.Array or SqlType.Struct or SqlType.Json);

    public static implicit operator DataType(SqlType kind) => Scalars[(int)kind];

    public static bool operator ==(DataType? a, DataType? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(DataType? a, DataType? b) => !(a == b);

    public static DataType ArrayOf(DataType element) => new(SqlType.Array, element, []);

    public static DataType StructOf(IReadOnlyList<StructField> fields) => new(SqlType.Struct, null, fields);

    /// <summary>As written in a statement: <c>ARRAY&lt;STRUCT&lt;a INT64, STRING&gt;&gt;</c>.</summary>
    public string Name() => Kind switch
    {
        SqlType.Array => $"ARRAY<{Element!.Name()}>",
        SqlType.Struct => $"STRUCT<{string.Join(", ", Fields.Select(f => f.Name is null ? f.Type.Name() : $"{f.Name} {f.Type.Name()}"))}>",
        _ => Kind.Name(),
    };

    /// <inheritdoc/>
    public bool Equals(DataType? other) => other is not null && Kind == other.Kind && Element == other.Element && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataType);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Element, Fields.Count);

    /// <inheritdoc/>
    public override string ToString() => Name();
}

/// <summary>A field of a struct; null for one without a name.</summary>
internal sealed record StructField(string? Name, DataType Type);
