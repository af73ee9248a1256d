using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Rows with named and typed columns: a table, a SELECT or a layer of one, a UNION. Written with only those columns that something above it has been written to use.
/// </summary>
internal abstract class Relation
{
    /// <summary>Numbers it in the statement.</summary>
    public int Id { get; set; }

    /// <summary>Its columns, in order.</summary>
    public List<RelationColumn> Columns { get; } = [];

    /// <summary>Whether something that is written reads it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>In how many places it stands.</summary>
    public int Uses { get; set; }

    /// <summary>Whether it is written once and read by name.</summary>
    public virtual bool IsShared => Uses > 1;

    /// <summary>The names of its columns, where its SELECT alone does not give them.</summary>
    public virtual string ColumnNames => "";

    /// <summary>Its SELECT, once everything that uses it has been written.</summary>
    public abstract string Definition(EngineWriter writer);

    /// <summary>The columns in use, by index.</summary>
    protected IEnumerable<int> UsedColumns => Enumerable.Range(0, Columns.Count).Where(i => Columns[i].IsUsed);

    public void UseAll() => Columns.ForEach(c => c.IsUsed = true);
}

/// <summary>A column of a relation. Names compare without regard to case.</summary>
internal sealed class RelationColumn(string name, DataType type)
{
    public string Name { get; } = name;

    public DataType Type { get; } = type;

    /// <summary>A pseudo-column such as _TABLE_SUFFIX: found by name, not part of a star.</summary>
    public bool IsHidden { get; init; }

    public bool IsUsed { get; set; }
}

/// <summary>One place in FROM where a relation stands.</summary>
internal sealed record RelationUse(Relation Relation, int Id)
{
    public ColumnRef Column(int index, Syntax.SourcePosition position) => new(this, index, position);
}
