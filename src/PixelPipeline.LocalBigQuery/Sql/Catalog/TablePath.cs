using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Catalog;

/// <summary>Which table a statement means: <c>project.dataset.table</c>, with what is left out filled in.</summary>
internal readonly record struct TablePath(string Project, string Dataset, string Table)
{
    /// <summary>Whether it means all tables that begin so: <c>pixel_*</c>.</summary>
    public bool IsWildcard => Table.EndsWith('*');

    /// <summary>Fills in the project and the default dataset.</summary>
    /// <returns>Null when the dataset is left out and there is no default.</returns>
    public static TablePath? Resolve(IReadOnlyList<string> parts, string project, string? defaultDataset) => parts.Count switch
    {
        3 => new TablePath(parts[0], parts[1], parts[2]),
        2 => new TablePath(project, parts[0], parts[1]),
        _ when defaultDataset is not null => new TablePath(project, defaultDataset, parts[0]),
        _ => null,
    };

    /// <summary>Fills in the project and the default dataset.</summary>
    /// <exception cref="GoogleSqlException">The dataset is left out and there is no default.</exception>
    public static TablePath Require(IReadOnlyList<string> parts, string project, string? defaultDataset, SourcePosition position) => Resolve(parts, project, defaultDataset)
        ?? throw new GoogleSqlException($"Table \"{parts[0]}\" must be qualified with a dataset (e.g. dataset.table)", position);

    /// <inheritdoc/>
    public override string ToString() => $"{Project}:{Dataset}.{Table}";
}
