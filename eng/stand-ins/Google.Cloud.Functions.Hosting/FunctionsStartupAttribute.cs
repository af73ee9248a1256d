namespace Google.Cloud.Functions.Hosting;

/// <summary>Names a startup class of the assembly; several run by <see cref="Order"/>, then by name.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class FunctionsStartupAttribute : Attribute
{
    public FunctionsStartupAttribute(Type startupType)
    {
        ArgumentNullException.ThrowIfNull(startupType);
        StartupType = typeof(FunctionsStartup).IsAssignableFrom(startupType) && !startupType.IsAbstract
            ? startupType
            : throw new ArgumentException($"{startupType} is no concrete {nameof(FunctionsStartup)}.", nameof(startupType));
    }

    public Type StartupType { get; }

    public int Order { get; set; }
}
