/** What single steps cost, measured with JMH. */
package io.entrawatch.benchmark.micro;
