using System.Reflection;

namespace CloudNative.CloudEvents;

/// <summary>Names the formatter that reads a type as the data of a CloudEvent.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CloudEventFormatterAttribute(Type formatterType) : Attribute
{
    public Type FormatterType { get; } = formatterType;

    /// <summary>A new formatter for the data type, null where the type names none.</summary>
    /// <exception cref="ArgumentException">The named type is no formatter.</exception>
    public static CloudEventFormatter? CreateFormatter(Type targetType)
    {
        ArgumentNullException.ThrowIfNull(targetType);
        var attribute = targetType.GetCustomAttribute<CloudEventFormatterAttribute>(inherit: true);
        return attribute is null
            ? null
            : Activator.CreateInstance(attribute.FormatterType) as CloudEventFormatter
                ?? throw new ArgumentException($"{attribute.FormatterType} is not a {nameof(CloudEventFormatter)}.");
    }
}
